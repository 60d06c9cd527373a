import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import { insistOnSecond } from "../coops/second-person.server.ts";
import type { House } from "../house.ts";
import { accounts, memberDestination } from "../ledger/account.ts";
import { post } from "../ledger/post.server.ts";
import type { Amount } from "../money/amount.ts";
import { Refusal } from "../refusal.ts";
import { keepSettledParts } from "./keep-settled-parts.server.ts";
import { auditSettlement, payerOf, ringForCoop } from "./keep-settlement.server.ts";
import { lockMember } from "./lock-member.server.ts";
import { standings } from "./standing.server.ts";

export type OutsidePayment = {
  memberId: string;
  /** Cents; at most what is owed and free. */
  amount: Amount;
  /** YYYY-MM-DD, when the co-op paid; not later than today. */
  paidOn: string;
  /** What proves it: number of the wire, of the cheque, words. */
  reference: string;
  /** A treasurer or admin of the member's co-op; null: the house. */
  by: string | null;
  /** The act of two people that this is, where the co-op asks for it. */
  approvedAs?: string | undefined;
};

/**
 * Writes down that a co-op paid a member outside of Stripe, for one whom Stripe does not serve (entry `outside_payment`): the balance
 * falls, and no transfer pays it again. A co-op that owns the platform paid from its bank; any other is owed what it paid, on its
 * operating fund, and is sent it. The same day and reference again: the same payment, nothing changes. Refuses `not_found`,
 * `proof_missing`, `payment_in_future`, `payee_is_served` (an active account: money goes by itself), `outside_payment_too_large` and
 * `second_person_needed`.
 */
export async function recordOutsidePayment(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { memberId, amount, paidOn, by, approvedAs, ...payment }: OutsidePayment,
): Promise<{ outsidePaymentId: string; isNew: boolean }> {
  const reference = payment.reference.trim();
  if (reference === "") throw new Refusal("proof_missing");
  const now = house.clock.now();
  if (Date.parse(`${paidOn}T00:00:00Z`) > now.getTime()) throw new Refusal("payment_in_future");
  return inTransaction(db, async (trx) => {
    const member = await lockMember(trx, { memberId, by });
    const known = await trx
      .selectFrom("outside_payment")
      .select(["id", "amount"])
      .where("member_id", "=", memberId)
      .where("paid_on", "=", paidOn)
      .where("reference", "=", reference)
      .executeTakeFirst();
    if (known?.amount === amount) return { outsidePaymentId: known.id, isNew: false };
    if (known) throw new Refusal("payment_recorded");
    if (member.hasActiveAccount) throw new Refusal("payee_is_served");
    const destination = memberDestination(memberId);
    const { free } = (await standings(trx, [destination])).get(destination)!;
    if (amount <= 0 || amount > free) throw new Refusal("outside_payment_too_large", { amount: free });
    const subject = `member:${memberId}`;
    const act = { kind: "outside_payment", coopIds: [member.coopId], subject, amount } as const;
    await insistOnSecond(trx, house, { ...act, by, approvedAs });
    const id = v7();
    await trx
      .insertInto("outside_payment")
      .values({
        id,
        member_id: memberId,
        amount,
        paid_on: paidOn,
        reference,
        recorded_by: by,
        recorded_at: now,
      })
      .execute();
    await keepSettledParts(trx, { outsidePaymentId: id }, { destination, amount });
    await post(trx, house, {
      key: `outside_payment:${id}`,
      kind: "outside_payment",
      postings: [
        { account: accounts.member(memberId), amount },
        { account: payerOf(member), amount: -amount },
      ],
    });
    const settled = { coopId: member.coopId, memberId, by, verb: "record-outside-payment" };
    const after = { outsidePaymentId: id, amount, paidOn, reference };
    await auditSettlement(trx, house, settled, { after });
    await ringForCoop(trx, house, member);
    return { outsidePaymentId: id, isNew: true };
  });
}
