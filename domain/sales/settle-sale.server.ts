import { sql, type Transaction } from "kysely";
import { type Database, inTransaction, isDatabaseAway } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { Checkout } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { post } from "../ledger/post.server.ts";
import { settlementCurrency } from "../money/amount.ts";
import { grantRights } from "./grant-rights.server.ts";
import { salePostings } from "./settled-amounts.ts";
import { shareOut } from "./share-out.server.ts";
import { linesToCharge } from "./sold-lines.server.ts";
import { broughtBy } from "./split-sale.server.ts";

export type SaleState = "open" | "paid" | "claimed" | "expired";

/**
 * Asks Stripe what became of a sale's payment page, and writes it down. Paid: in one transaction the sale is paid, entry `sale`
 * is posted, the rights are granted, the receipt is enqueued; the sale is split at once where the fee is known, otherwise the split
 * is enqueued. May be called at any time, by the return page, an
 * event or the sweep, however often: the first that finds it paid does it, the others find it done. Returns what the sale is now;
 * null where there is none. Throws `StripeFailure` where Stripe does not answer.
 */
export async function settleSale(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { saleId }: { saleId: string },
): Promise<SaleState | null> {
  const sale = await db
    .selectFrom("sale")
    .select(["state", "stripe_session"])
    .where("id", "=", saleId)
    .executeTakeFirst();
  if (!sale) return null;
  if (sale.state === "paid" || sale.state === "claimed" || sale.stripe_session === null) {
    return sale.state as SaleState;
  }
  const checkout = await house.stripe.fetchCheckout(sale.stripe_session);
  try {
    return await inTransaction(db, (trx) => write(trx, house, saleId, checkout));
  } catch (error) {
    if (checkout.balanceTransaction === null || isDatabaseAway(error)) throw error;
    // What cannot be shared must not keep from the buyer what they paid for: the split is left to its own job, which says why.
    return inTransaction(db, (trx) => write(trx, house, saleId, { ...checkout, balanceTransaction: null }));
  }
}

async function write(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  saleId: string,
  checkout: Checkout,
): Promise<SaleState> {
  const sale = await trx
    .selectFrom("sale")
    .selectAll()
    .where("id", "=", saleId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (sale.state === "paid" || sale.state === "claimed") return sale.state;
  if (checkout.paymentStatus !== "paid") {
    if (checkout.state !== "expired") return "open";
    await trx.updateTable("sale").set({ state: "expired" }).where("id", "=", saleId).execute();
    return "expired";
  }
  if (
    checkout.chargeId === null ||
    checkout.amountTotal !== sale.total ||
    checkout.currency !== sale.currency
  ) {
    throw new Error(
      `sale ${saleId} of ${sale.total} ${sale.currency} does not match ${checkout.id}: ${checkout.amountTotal} ${checkout.currency}`,
    );
  }
  const now = house.clock.now();
  await sql`update sale set state = 'paid', paid_at = ${now}, looked_at = null, stripe_payment = ${checkout.paymentIntentId},
    stripe_charge = ${checkout.chargeId} where id = ${saleId}`.execute(trx);
  const { chargeId: stripeCharge, balanceTransaction, amountRefunded, disputed } = checkout;
  await grantRights(trx, house, [saleId]);
  await enqueue(trx, house, "send-receipt", { saleId });
  if (sale.tax_calculation !== null) await enqueue(trx, house, "record-taxes", { saleId });
  if (balanceTransaction) {
    // The fee is known already: no second call, no second transaction.
    await shareOut(trx, house, saleId, {
      ...broughtBy(saleId, balanceTransaction),
      ...{ stripeCharge, withSale: true, refunded: amountRefunded > 0, disputed },
    });
    return "paid";
  }
  // Charged in another currency: what it brought is known with the fee, and both entries wait for it (`split-sale`).
  if (sale.currency === settlementCurrency) {
    const postings = salePostings(saleId, await linesToCharge(trx, saleId));
    await post(trx, house, {
      key: `sale:${saleId}`,
      kind: "sale",
      saleId,
      stripeObject: stripeCharge,
      postings,
    });
  }
  await enqueue(trx, house, "split-sale", { saleId });
  return "paid";
}
