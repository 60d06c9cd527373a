import type { Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { accounts } from "../ledger/account.ts";
import { post } from "../ledger/post.server.ts";
import type { Amount } from "../money/amount.ts";
import type { LockedMember } from "./lock-member.server.ts";

/** Who settled something with a member otherwise than by a transfer, and what it is called in the audit. */
export type SettledBy = { coopId: string; memberId: string; by: string | null; verb: string };

/** Writes down who settled what with a member, in the transaction of the settlement. */
export async function auditSettlement(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  { coopId, memberId, by, verb }: SettledBy,
  { before, after }: { before?: object; after: object },
): Promise<void> {
  await trx
    .insertInto("audit")
    .values({
      id: v7(),
      coop_id: coopId,
      person_id: by,
      verb,
      subject: `member:${memberId}`,
      ...(before && { before: JSON.stringify(before) }),
      after: JSON.stringify(after),
      at: clock.now(),
    })
    .execute();
}

/** Entry `unclaimed`: what is owed to a member is set aside for the State; negative: it is theirs again. Written down with who did it. */
export async function postUnclaimed(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  settled: SettledBy,
  { key, amount, ...after }: { key: string; amount: Amount } & Record<string, unknown>,
): Promise<void> {
  await post(trx, house, {
    key,
    kind: "unclaimed",
    postings: [
      { account: accounts.member(settled.memberId), amount },
      { account: accounts.unclaimed(settled.memberId), amount: -amount },
    ],
  });
  await auditSettlement(trx, house, settled, { after: { amount: Math.abs(amount), ...after } });
}

/** Entry `remittance`: what was set aside for a member is paid to the State; negative: it came back, and is set aside again. */
export async function postRemittance(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  member: LockedMember,
  { key, memberId, amount }: { key: string; memberId: string; amount: Amount },
): Promise<void> {
  await post(trx, house, {
    key,
    kind: "remittance",
    postings: [
      { account: accounts.unclaimed(memberId), amount },
      { account: payerOf(member), amount: -amount },
    ],
  });
  await ringForCoop(trx, house, member);
}

/** Who paid outside of Stripe: the bank of the co-op that owns the platform; any other is owed what it paid. */
export const payerOf = ({ money, coopId }: LockedMember): string =>
  money === "platform" ? accounts.bank : accounts.fund(coopId, "operating");

/** A co-op with an account of its own that is owed more is sent it. */
export async function ringForCoop(
  trx: Transaction<DB>,
  house: Pick<House, "queue">,
  { money, coopId }: LockedMember,
): Promise<void> {
  if (money === "platform") return;
  const account = await trx
    .selectFrom("payout_account")
    .select("id")
    .where("coop_id", "=", coopId)
    .where("replaced_at", "is", null)
    .executeTakeFirst();
  if (account) await enqueue(trx, house, "release-payee", { payoutAccountId: account.id });
}
