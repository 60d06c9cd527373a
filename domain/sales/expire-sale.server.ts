import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { type SaleState, settleSale } from "./settle-sale.server.ts";

/**
 * Closes the payment page of an open sale, for its work was withdrawn (the sweep finds those). Where it was paid at the same
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
