import { sql, type Transaction } from "kysely";
import type { Database } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { type SaleState, settleSale } from "./settle-sale.server.ts";

/**
 * Closes the payment page of an open sale, for its work was withdrawn or the buyer starts again. Where it was paid at the same
 * instant, the sale stands and is settled. Returns what the sale is now; null where there is none.
 */
export async function expireSale(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { saleId }: { saleId: string },
): Promise<SaleState | null> {
  const sale = await db
    .selectFrom("sale")
    .select(["state", "stripe_session"])
    .where("id", "=", saleId)
    .executeTakeFirst();
  if (sale?.state === "open" && sale.stripe_session !== null)
    await house.stripe.expireCheckout(sale.stripe_session);
  return settleSale(db, house, { saleId });
}

/** Rings `expire-sale` for every open sale that holds this work: call it in the transaction that withdraws it. */
export async function expireSalesOf(
  trx: Transaction<DB>,
  house: Pick<House, "queue">,
  { workId }: { workId: string },
): Promise<void> {
  const open = await trx
    .selectFrom("sale_line")
    .innerJoin("sale", "sale.id", "sale_line.sale_id")
    .select("sale.id")
    .where("sale_line.work_id", "=", workId)
    .where("sale.state", "=", "open")
    .where(sql<boolean>`sale.stripe_session is not null`)
    .execute();
  for (const sale of open) await enqueue(trx, house, "expire-sale", { saleId: sale.id });
}
