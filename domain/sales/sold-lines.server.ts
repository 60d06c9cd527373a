import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { SoldLine } from "./checkout-lines.ts";

/** The lines of a sale as they were stored, in their order, with their taxes. */
export async function linesToCharge(db: Database, saleId: string): Promise<(SoldLine & { id: string })[]> {
  const { rows } = await sql<SoldLine & { id: string }>`
    select line.id, line.title, line.quantity, line.unit_price as "unitPrice", line.amount,
      coalesce((select json_agg(json_build_object('code', code, 'percent', percent::text, 'amount', amount) order by position, code)
        from sale_line_tax where sale_line_id = line.id), '[]') as taxes
    from sale_line as line where line.sale_id = ${saleId} order by line.position`.execute(db);
  return rows;
}
