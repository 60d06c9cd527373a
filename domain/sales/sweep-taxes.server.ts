import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";

const perSweep = 500;

/** Rings for what no job told Stripe Tax within ten minutes. */
export async function sweepTaxes(db: Database, house: Pick<House, "clock" | "queue">): Promise<void> {
  const before = new Date(house.clock.now().getTime() - 10 * 60_000);
  const { rows } = await sql<{ saleId: string }>`
    (select id as "saleId" from sale
      where tax_calculation is not null and tax_transaction is null and state = 'paid' and paid_at <= ${before}
      limit ${perSweep})
    union
    (select refund.sale_id from refund join sale on sale.id = refund.sale_id
      where refund.state = 'succeeded' and refund.tax_reversal is null and sale.tax_calculation is not null
        and refund.state_at <= ${before} limit ${perSweep})`.execute(db);
  await enqueueAll(db, house, "record-taxes", rows);
}
