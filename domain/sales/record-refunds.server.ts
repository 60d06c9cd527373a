import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { bookedAmount, keepRefund } from "./keep-refund.server.ts";
import { lockSale } from "./take-from-sale.server.ts";

/**
 * Asks Stripe for all the refunds of a sale's charge and writes down how each stands: ours, and those that somebody made in Stripe's
 * dashboard, which are taken over all the lines. Nothing is done before the split; that rings again.
 */
export async function recordRefunds(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { saleId }: { saleId: string },
): Promise<void> {
  const sale = await db
    .selectFrom("sale")
    .select(["stripe_charge", "split_at", "currency", "total", "settled"])
    .where("id", "=", saleId)
    .executeTakeFirst();
  if (!sale?.stripe_charge || !sale.split_at) return;
  const made = await house.stripe.findRefunds({ chargeId: sale.stripe_charge });
  // Stripe lists the newest first.
  for (const refund of made.reverse()) {
    const booked = await bookedAmount(house, { ...sale, settled: sale.settled ?? sale.total }, refund);
    await inTransaction(db, async (trx) => {
      await lockSale(trx, saleId);
      const known = await trx
        .selectFrom("refund")
        .select("id")
        .where("sale_id", "=", saleId)
        .where((or) =>
          or.or([
            or("stripe_refund", "=", refund.id),
            or(or.cast<string>("id", "text"), "=", refund.metadata.refund_id ?? ""),
          ]),
        )
        .executeTakeFirst();
      const refundId = known?.id ?? v7();
      const now = house.clock.now();
      if (!known) {
        await trx
          .insertInto("refund")
          .values({
            id: refundId,
            key: `stripe:${refund.id}`,
            sale_id: saleId,
            amount: booked,
            asked_of: "stripe",
            state: "asked",
            state_at: now,
            created_at: now,
          })
          .execute();
      }
      await keepRefund(trx, house, { refundId, made: refund, booked });
    });
  }
}
