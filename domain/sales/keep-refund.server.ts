import type { Transaction } from "kysely";
import type { DB } from "#db/schema.ts";
import type { Refund } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { accounts } from "../ledger/account.ts";
import { type Amount, settlementCurrency } from "../money/amount.ts";
import { failRefund } from "./fail-refund.server.ts";
import { lockSale, takeFromSale } from "./take-from-sale.server.ts";

/**
 * Writes down what Stripe says of a refund, ours or not. The first answer posts entry `refund`, pending too, and takes the money back
 * from the people of the sale; a failure gives it back. Told again, it changes nothing. `booked`: what it is in the settlement
 * currency.
 */
export async function keepRefund(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  { refundId, made, booked }: { refundId: string; made: Refund; booked: Amount },
): Promise<void> {
  const { sale_id: saleId } = await trx
    .selectFrom("refund")
    .select("sale_id")
    .where("id", "=", refundId)
    .executeTakeFirstOrThrow();
  const sale = await lockSale(trx, saleId);
  const refund = await trx
    .selectFrom("refund")
    .selectAll()
    .where("id", "=", refundId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  // Refused: found at Stripe all the same, it was made after all.
  const isNew = refund.state === "asked" || refund.state === "refused";
  if (isNew) {
    await takeFromSale(trx, house, sale, {
      cause: { refundId },
      amount: booked,
      lineIds: refund.line_ids,
      paidFrom: accounts.stripe,
      loss: accounts.loss("refund_fees"),
      entry: { key: `refund:${refundId}`, kind: "refund", stripeObject: made.id },
    });
  }
  const failed = made.status === "failed" || made.status === "canceled";
  const state = failed ? "failed" : made.status === "succeeded" ? "succeeded" : "pending";
  if (refund.state === "failed" || refund.state === state) return;
  await trx
    .updateTable("refund")
    .set({
      state,
      state_at: house.clock.now(),
      leased_until: null,
      stripe_refund: made.id,
      amount: booked,
      refusal: made.failureReason ?? made.pendingReason,
    })
    .where("id", "=", refundId)
    .execute();
  if (state === "succeeded" && sale.tax_calculation !== null)
    await enqueue(trx, house, "record-taxes", { saleId });
  if (failed) await failRefund(trx, house, { refundId, saleId, stripeRefund: made.id });
  // While its outcome was not known, what the charge might no longer pay was kept back.
  else if (isNew) await enqueue(trx, house, "send-parts", { saleId });
  // Pending, the money has not left: the buyer is told once it has.
  if (state === "succeeded") await enqueue(trx, house, "send-refund-made", { refundId });
}

/** What a refund took from us, in the settlement currency: its amount, or in another currency what Stripe settled it at. */
export async function bookedAmount(
  { stripe }: Pick<House, "stripe">,
  sale: { currency: string; total: Amount; settled: Amount },
  made: Refund,
): Promise<Amount> {
  if (sale.currency === settlementCurrency) return made.amount;
  const moved = await stripe.listBalanceTransactions({ sourceId: made.id });
  const out = moved.find((transaction) => transaction.amount < 0);
  // Pending: nothing moved yet, and its part of what the charge brought is the best that can be said.
  return out ? -out.amount : Number((BigInt(made.amount) * BigInt(sale.settled)) / BigInt(sale.total));
}
