import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { Amount } from "../money/amount.ts";
import { type LineGiven, type Slot, slotsOf } from "../revenue/take-back.ts";
import { settledAmounts } from "./settled-amounts.ts";

/**
 * What remains of a split sale, line by line and place by place, in the settlement currency: what entry `split` posted, less what
 * refunds and lost disputes took and no failed refund gave back. Places where nothing remains are there with 0.
 */
export async function remainingOf(db: Database, sale: { id: string; settled: Amount }): Promise<Slot[]> {
  type Row = Omit<LineGiven, "taxes"> & { amount: Amount; taxes: { code: string; amount: Amount }[] };
  const { rows } = await sql<Row>`
    select line.id, line.amount, coalesce(line.fee_part, 0) as "feePart",
      coalesce((select json_agg(json_build_object('position', position, 'stage', stage, 'account', account, 'amount', amount)
        order by position) from split_part where sale_line_id = line.id), '[]') as parts,
      coalesce((select json_agg(json_build_object('code', code, 'amount', amount) order by position, code)
        from sale_line_tax where sale_line_id = line.id), '[]') as taxes
    from sale_line as line where line.sale_id = ${sale.id} order by line.position`.execute(db);
  const { rows: taken } = await sql<{ place: string; amount: number }>`
    select taken.sale_line_id || ' ' || taken.kind || ' ' || taken.position as place, sum(taken.amount)::bigint as amount
    from taken_part as taken join sale_line as line on line.id = taken.sale_line_id
    where line.sale_id = ${sale.id} and taken.given_back_at is null group by 1`.execute(db);
  const gone = new Map(taken.map((row) => [row.place, row.amount]));
  return settledAmounts(rows, sale.settled)
    .flatMap((line) => slotsOf({ ...line, taxes: line.taxes.map((tax, i) => ({ ...tax, position: i + 1 })) }))
    .map((slot) => ({
      ...slot,
      amount: slot.amount - (gone.get(`${slot.saleLineId} ${slot.kind} ${slot.position}`) ?? 0),
    }));
}
