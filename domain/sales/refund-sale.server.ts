import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { type Amount, sum } from "../money/amount.ts";
import { Refusal } from "../refusal.ts";
import { remainingOf } from "./remaining.server.ts";
import { linesToCharge } from "./sold-lines.server.ts";
import { hasOpenDispute, lockSale } from "./take-from-sale.server.ts";

export type RefundAsked = {
  saleId: string;
  /** Positions of lines, from 1; absent: all. */
  lines?: readonly number[] | undefined;
  /** In the settlement currency; absent: all that remains of those lines. */
  amount?: Amount | undefined;
  /** Who asks; that they keep the books of a co-op of this sale was checked by the caller (`findSaleForStaff`). */
  askedBy: string | null;
};

/**
 * Asks for a refund. Its intent is stored with the key that the call will carry, and rings `make-refund`; before the split it waits
 * for it. Refuses `refund_too_large` (above what remains, less what was asked already) and `sale_disputed`, before any call.
 */
export async function refundSale(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  asked: RefundAsked,
): Promise<{ refundId: string; amount: Amount }> {
  return inTransaction(db, async (trx) => {
    const sale = await lockSale(trx, asked.saleId);
    if (await hasOpenDispute(trx, sale.id)) throw new Refusal("sale_disputed");
    const lines = await trx
      .selectFrom("sale_line")
      .select(["id", "position"])
      .where("sale_id", "=", sale.id)
      .execute();
    const lineIds = asked.lines
      ? lines.filter((line) => asked.lines!.includes(line.position)).map(({ id }) => id)
      : null;
    const isNamed = (id: string) => lineIds === null || lineIds.includes(id);
    const waiting = await trx
      .selectFrom("refund")
      .select(["line_ids", "amount"])
      .where("sale_id", "=", sale.id)
      .where("state", "=", "asked")
      .execute();
    const remaining = sale.state === "paid" ? await whatRemains(trx, sale) : [];
    const of = (slots: readonly { amount: Amount }[]) => sum(slots.map((slot) => slot.amount));
    const fromThese = waiting.filter((each) => each.line_ids === null || each.line_ids.some(isNamed));
    const left = Math.min(
      of(remaining) - of(waiting),
      of(remaining.filter((slot) => isNamed(slot.saleLineId))) - of(fromThese),
    );
    const amount = asked.amount ?? left;
    if (amount <= 0 || amount > left) throw new Refusal("refund_too_large", { amount: Math.max(0, left) });
    const id = v7();
    const now = house.clock.now();
    await trx
      .insertInto("refund")
      .values({
        id,
        key: `re:${id}:1`,
        sale_id: sale.id,
        line_ids: lineIds,
        amount,
        asked_of: "house",
        asked_by: asked.askedBy,
        state: "asked",
        state_at: now,
        created_at: now,
      })
      .execute();
    if (sale.split_at) await enqueue(trx, house, "make-refund", { refundId: id });
    return { refundId: id, amount };
  });
}

/** Before the split, nobody was given anything yet: what was charged remains. */
async function whatRemains(
  db: Database,
  sale: { id: string; settled: Amount; split_at: unknown },
): Promise<{ saleLineId: string; amount: Amount }[]> {
  if (sale.split_at) return remainingOf(db, sale);
  const lines = await linesToCharge(db, sale.id);
  return lines.map(({ id, amount, taxes }) => ({
    saleLineId: id,
    amount: amount + sum(taxes.map((tax) => tax.amount)),
  }));
}
