import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { grantRights } from "./grant-rights.server.ts";
import { type Order, storeSale } from "./store-sale.server.ts";

/**
 * Takes a cart whose total is 0: download rights and a receipt, no call to Stripe, nothing in the books.
 * Refuses `not_free`, and what `openSale` refuses of a cart. The same `saleId` again changes nothing.
 */
export async function claimFree(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  order: Order,
): Promise<{ saleId: string }> {
  const known = order.saleId === undefined ? undefined : await find(db, order.saleId);
  if (known) return { saleId: known };
  try {
    return await inTransaction(db, async (trx) => {
      const { saleId } = await storeSale(trx, house, order, "claimed");
      await grantRights(trx, house, saleId);
      await enqueue(trx, house, "send-receipt", { saleId });
      return { saleId };
    });
  } catch (error) {
    // The same form sent twice at once: the other one has just written this sale.
    if (order.saleId === undefined || (error as { code?: unknown }).code !== "23505") throw error;
    return { saleId: order.saleId };
  }
}

async function find(db: Database, saleId: string): Promise<string | undefined> {
  return (await db.selectFrom("sale").select("id").where("id", "=", saleId).executeTakeFirst())?.id;
}
