import { type Database, inTransaction } from "#db/connection.ts";
import type { BalanceTransaction } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
import { type Amount, settlementCurrency } from "../money/amount.ts";
import { linesToSplit } from "./lines-to-split.server.ts";
import { shareOut } from "./share-out.server.ts";

/**
 * Shares a paid sale, once the exact fee is known: it comes from the charge's balance transaction, absent at first, and is never
 * computed. Returns whether the sale is split: "waiting" while the fee is unknown (an event or the sweep rings again), "none" for a
 * sale that is not paid.
 */
export async function splitSale(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { saleId }: { saleId: string },
): Promise<"split" | "waiting" | "none"> {
  const sale = await db
    .selectFrom("sale")
    .select(["state", "split_at", "stripe_charge"])
    .where("id", "=", saleId)
    .executeTakeFirst();
  if (sale?.state !== "paid" || sale.stripe_charge === null) return "none";
  if (sale.split_at) return "split";
  const charge = await house.stripe.fetchCharge(sale.stripe_charge);
  if (!charge.balanceTransaction) return "waiting";
  const brought = broughtBy(saleId, charge.balanceTransaction);
  await inTransaction(db, async (trx) => {
    const now = await trx
      .selectFrom("sale")
      .select(["split_at", "currency", "stripe_charge"])
      .where("id", "=", saleId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (now.split_at) return;
    const lines = (await linesToSplit(trx, [saleId])).get(saleId)!;
    // Charged in another currency: what it brought is known only now, and both entries waited for it.
    const withSale = now.currency !== settlementCurrency;
    const { disputed, amountRefunded } = charge;
    const stripeCharge = now.stripe_charge!;
    await shareOut(trx, house, [
      { saleId, lines, ...brought, stripeCharge, withSale, refunded: amountRefunded > 0, disputed },
    ]);
  });
  return "split";
}

/** What a charge brought and what Stripe kept of it. The books are in one currency: another is a wrong setting of the account. */
export function broughtBy(
  saleId: string,
  { fee, amount, currency }: BalanceTransaction,
): { fee: Amount; settled: Amount } {
  if (currency !== settlementCurrency)
    throw new Error(`sale ${saleId} settled in ${currency}, the books are in ${settlementCurrency}`);
  return { fee, settled: amount };
}
