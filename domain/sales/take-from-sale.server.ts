import { sql, type Transaction } from "kysely";
import type { Database } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { type Entry, post } from "../ledger/post.server.ts";
import { type Amount, sum } from "../money/amount.ts";
import { type Slot, takeBack } from "../revenue/take-back.ts";
import { intendReversals } from "./intend-reversals.server.ts";
import { remainingOf } from "./remaining.server.ts";

export type Cause = { refundId: string } | { disputeId: string };

export type Taking = {
  cause: Cause;
  amount: Amount;
  /** null: from all the lines. */
  lineIds: readonly string[] | null;
  /** What the money is paid back from. */
  paidFrom: string;
  /** Bears the fee part, and anything above what remains. */
  loss: string;
  entry: Pick<Entry, "key" | "kind" | "stripeObject">;
};

/**
 * Takes money back from the people of a sale (money conventions, § 6), in the transaction that holds the sale locked: what is taken
 * of each place is kept, the entry posted, the rights of lines of which nothing remains ended, and the reversals intended. What a
 * refund of named lines finds no more there comes from the other lines.
 */
export async function takeFromSale(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  sale: { id: string; settled: Amount },
  { cause, amount, lineIds, paidFrom, loss, entry }: Taking,
): Promise<void> {
  const remaining = await remainingOf(trx, sale);
  const isNamed = (slot: Slot) => lineIds === null || lineIds.includes(slot.saleLineId);
  const first = takeBack(amount, remaining.filter(isNamed));
  const second = takeBack(
    first.beyond,
    remaining.filter((slot) => !isNamed(slot)),
  );
  const taken = [...first.taken, ...second.taken].map((slot) =>
    slot.kind === "fee" ? { ...slot, account: loss } : slot,
  );
  if (taken.length > 0) {
    await trx
      .insertInto("taken_part")
      .values(
        taken.map((slot) => ({
          refund_id: "refundId" in cause ? cause.refundId : null,
          dispute_id: "disputeId" in cause ? cause.disputeId : null,
          sale_line_id: slot.saleLineId,
          kind: slot.kind,
          position: slot.position,
          account: slot.account,
          amount: slot.amount,
        })),
      )
      .execute();
  }
  await post(trx, house, {
    ...entry,
    saleId: sale.id,
    postings: [
      ...taken.map(({ account, amount }) => ({ account, amount })),
      { account: loss, amount: second.beyond },
      { account: paidFrom, amount: -amount },
    ],
  });
  const over = [...new Set(taken.map((slot) => slot.saleLineId))].filter((line) => {
    const of = (slots: readonly Slot[]) =>
      sum(slots.filter((slot) => slot.saleLineId === line).map((slot) => slot.amount));
    return of(remaining) === of(taken);
  });
  await sql`update download_right set ended_at = ${house.clock.now()}
    where sale_line_id = any (${over}::uuid[]) and ended_at is null`.execute(trx);
  await intendReversals(trx, house, { saleId: sale.id, cause, taken });
}

/** Both banks' decisions and refunds look at a sale under this lock, so that no cent is given back twice. */
export async function lockSale(trx: Transaction<DB>, saleId: string) {
  const sale = await trx
    .selectFrom("sale")
    .selectAll()
    .where("id", "=", saleId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { ...sale, settled: sale.settled ?? sale.total };
}

export async function hasOpenDispute(db: Database, saleId: string): Promise<boolean> {
  const open = await db
    .selectFrom("dispute")
    .select("id")
    .where("sale_id", "=", saleId)
    .where("state", "=", "open")
    .executeTakeFirst();
  return open !== undefined;
}
