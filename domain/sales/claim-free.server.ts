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
  return inTransaction(db, async (trx) => {
    if (order.saleId !== undefined) {
      const known = await trx
        .selectFrom("sale")
        .select("id")
        .where("id", "=", order.saleId)
        .executeTakeFirst();
      if (known) return { saleId: known.id };
    }
    const { saleId } = await storeSale(trx, house, order, "claimed");
    await grantRights(trx, house, saleId);
    await enqueue(trx, house, "send-receipt", { saleId });
    return { saleId };
  });
}
