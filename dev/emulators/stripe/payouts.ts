// Payouts of the platform to its bank: made by control, or by the API.
import { z } from "zod";
import { balanceOf, post } from "./balance.ts";
import { depositsOf } from "./deposits.ts";
import type { Double, Routes } from "./double.ts";
import { expanded, listOf, within } from "./lists.ts";
import { createdRange, currency, expand, integer, metadata, page, read, text } from "./parameters.ts";
import { missing, Refusal } from "./refusal.ts";
import { newId } from "./state.ts";
import { insufficient } from "./transfers.ts";

export type Payout = ReturnType<typeof newPayout>;
type PayoutOptions = {
  amount: number;
  automatic: boolean;
  description?: string | undefined;
  metadata?: Record<string, string> | undefined;
};

export function newPayout(double: Double, options: PayoutOptions) {
  const now = double.clock.seconds();
  return {
    /** The balance transactions that it pays out, when Stripe chose them; its own is the last. */
    transactions: [] as string[],
    shown: {
      id: newId("po"),
      object: "payout" as const,
      amount: options.amount,
      application_fee: null,
      application_fee_amount: null,
      arrival_date: now,
      automatic: options.automatic,
      balance_transaction: null as string | null,
      created: now,
      currency: double.settings.currency,
      description: options.description ?? null,
      destination: newId("ba"),
      failure_balance_transaction: null as string | null,
      failure_code: null as string | null,
      failure_message: null as string | null,
      livemode: false,
      metadata: options.metadata ?? {},
      method: "standard",
      original_payout: null,
      payout_method: null,
      reconciliation_status: options.automatic ? ("completed" as const) : ("not_applicable" as const),
      reversed_by: null,
      source_type: "card",
      statement_descriptor: null,
      status: "paid" as "paid" | "failed",
      trace_id: null,
      type: "bank_account" as const,
    },
  };
}

/**
 * Pays out; `amount` absent: all that was earned and is available, the opening float left where it is, as Stripe's schedule does, which
 * says of what it is made. It arrives at once.
 */
export function payOut(double: Double, options: Partial<PayoutOptions> = {}): Payout {
  const { available } = balanceOf(double);
  const code = double.settings.currency;
  const earned = (available[code] ?? 0) - double.state.openingFloat;
  const amount = options.amount ?? earned;
  if (amount < 1) throw new Refusal(400, "There is nothing to pay out.", { param: "amount" });
  if (amount > (available[code] ?? 0)) throw insufficient();
  const payout = newPayout(double, { automatic: options.amount === undefined, ...options, amount });
  // What somebody took out by hand is one more movement that the next automatic payout is made of.
  const earlier = Object.values(double.state.payouts).filter(({ shown }) => shown.automatic);
  const paid = new Set(earlier.flatMap(({ transactions }) => transactions));
  if (payout.shown.automatic)
    payout.transactions = Object.values(double.state.balanceTransactions)
      .filter(({ id, status, currency }) => status === "available" && currency === code && !paid.has(id))
      .map(({ id }) => id);
  const transaction = post(double, {
    type: "payout",
    category: "payout",
    amount: -amount,
    currency: code,
    source: payout.shown.id,
    description: "STRIPE PAYOUT",
  });
  payout.transactions.push(transaction.id);
  payout.shown.balance_transaction = transaction.id;
  double.state.payouts[payout.shown.id] = payout;
  double.emit("payout.created", payout.shown);
  double.emit("payout.paid", payout.shown);
  return payout;
}

/** The bank sends it back: the money is on the balance again. */
export function payoutFails(double: Double, payout: Payout) {
  if (payout.shown.status === "failed") return;
  const { id, amount, currency } = payout.shown;
  const back = post(double, {
    type: "payout_failure",
    category: "payout_reversal",
    amount,
    currency,
    source: id,
    description: "STRIPE PAYOUT FAILURE",
  });
  Object.assign(payout.shown, {
    status: "failed",
    failure_balance_transaction: back.id,
    failure_code: "account_closed",
    failure_message: "The bank account has been closed.",
  });
  double.emit("payout.updated", payout.shown);
  double.emit("payout.failed", payout.shown);
}

export function payoutNamed(double: Double, id: string): Payout {
  const found = double.state.payouts[id];
  if (!found) throw missing("payout", id);
  return found;
}

const createParameters = z.strictObject({
  amount: integer,
  currency,
  description: text.optional(),
  metadata: metadata.optional(),
  method: z.enum(["standard"]).optional(),
  expand,
});
const listParameters = z.strictObject({
  ...page,
  created: createdRange,
  arrival_date: createdRange,
  status: z.enum(["paid", "pending", "in_transit", "canceled", "failed"]).optional(),
});

export const payoutRoutes: Routes = {
  "POST /v1/payouts": (double, { input }) => {
    const asked = read(createParameters, input);
    return expanded(
      double,
      payOut(double, { ...asked, automatic: false }).shown,
      asked.expand,
      () => undefined,
    );
  },
  "GET /v1/payouts": (double, { input, account }) => {
    const search = read(listParameters, input);
    const all =
      account === undefined
        ? Object.values(double.state.payouts).map((payout) => payout.shown)
        : depositsOf(double, account);
    const found = all.filter(
      (p) =>
        within(p.created, search.created) &&
        within(p.arrival_date, search.arrival_date) &&
        (search.status === undefined || p.status === search.status),
    );
    return expanded(double, listOf(found, "/v1/payouts", search), search.expand, () => undefined);
  },
  "GET /v1/payouts/:id": (double, { ids, input }) => {
    const found = payoutNamed(double, ids.id ?? "");
    return expanded(double, found.shown, read(z.strictObject({ expand }), input).expand, () => undefined);
  },
};
