import type { Database } from "#db/connection.ts";
import { type Amount, sum } from "../money/amount.ts";
import { remainingOf } from "./remaining.server.ts";
import { linesToCharge } from "./sold-lines.server.ts";

/**
 * What may still be asked of lines of a sale (null: of all), taxes with them, in the settlement currency: what remains of them, less
 * what was asked and is not made yet. A refund asked over more lines than these counts whole, for nobody knows yet from where it
 * will come.
 */
export async function leftToRefund(
  db: Database,
  sale: { id: string; state: string; settled: Amount; split_at: unknown },
): Promise<(lineIds: readonly string[] | null) => Amount> {
  const waiting = await db
    .selectFrom("refund")
    .select(["line_ids", "amount"])
    .where("sale_id", "=", sale.id)
    .where("state", "=", "asked")
    .execute();
  const remaining = sale.state === "paid" ? await whatRemains(db, sale) : [];
  const of = (slots: readonly { amount: Amount }[]) => sum(slots.map((slot) => slot.amount));
  return (lineIds) => {
    const isNamed = (id: string) => lineIds === null || lineIds.includes(id);
    const fromThese = waiting.filter((each) => each.line_ids === null || each.line_ids.some(isNamed));
    return Math.min(
      of(remaining) - of(waiting),
      of(remaining.filter((slot) => isNamed(slot.saleLineId))) - of(fromThese),
    );
  };
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
