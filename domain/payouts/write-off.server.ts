import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import { insistOnSecond } from "../coops/second-person.server.ts";
import type { House } from "../house.ts";
import { accounts } from "../ledger/account.ts";
import { post } from "../ledger/post.server.ts";
import { balances } from "../ledger/queries.server.ts";
import type { Amount } from "../money/amount.ts";
import { Refusal } from "../refusal.ts";
import { auditSettlement } from "./keep-settlement.server.ts";
import { lockMember } from "./lock-member.server.ts";

export type WriteOff = {
  coopId: string;
  memberId: string;
  /** Cents; absent: all that the member owes. */
  amount?: Amount | undefined;
  reason: string;
  /** A treasurer or admin of the co-op; null: the house. */
  by: string | null;
  /** The act of two people that this is, where the co-op asks for it. */
  approvedAs?: string | undefined;
};

/**
 * A co-op takes on itself what one of its members owes after money went back to buyers (entry `write_off`, from its operating fund). It
 * is only ever a person's act: nothing writes off by itself. Refuses `not_found`, `reason_missing`, and `write_off_too_large` where
 * the member does not owe as much, `second_person_needed`.
 */
export async function writeOff(
  db: Database,
  house: Pick<House, "clock">,
  { coopId, memberId, amount: asked, reason: words, by, approvedAs }: WriteOff,
): Promise<{ writeOffId: string; amount: Amount }> {
  const reason = words.trim();
  if (reason === "") throw new Refusal("reason_missing");
  return inTransaction(db, async (trx) => {
    const member = await lockMember(trx, { memberId, by });
    if (member.coopId !== coopId) throw new Refusal("not_found");
    const account = accounts.member(memberId);
    const owes = async () => (await balances(trx, [account])).get(account)!;
    const debt = Math.max(0, await owes());
    const amount = asked ?? debt;
    if (amount <= 0 || amount > debt) throw new Refusal("write_off_too_large", { amount: debt });
    const act = { kind: "write_off", coopIds: [coopId], subject: `member:${memberId}`, amount } as const;
    await insistOnSecond(trx, house, { ...act, by, approvedAs });
    const id = v7();
    const now = house.clock.now();
    await trx
      .insertInto("write_off")
      .values({ id, coop_id: coopId, member_id: memberId, amount, reason, decided_by: by, decided_at: now })
      .execute();
    await post(trx, house, {
      key: `write_off:${id}`,
      kind: "write_off",
      postings: [
        { account: accounts.fund(coopId, "operating"), amount },
        { account, amount: -amount },
      ],
    });
    // A sale that paid the debt and was committed in between is seen here; one that comes after brings what is free.
    const left = await owes();
    if (left < 0) throw new Refusal("write_off_too_large", { amount: Math.max(0, left + amount) });
    const settled = { coopId, memberId, by, verb: "write-off" };
    await auditSettlement(trx, house, settled, {
      before: { owed: debt },
      after: { writeOffId: id, amount, reason },
    });
    return { writeOffId: id, amount };
  });
}
