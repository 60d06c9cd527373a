// The platform's balance, and the transactions that it is made of. An amount is positive when the balance grows.
import { z } from "zod";
import type { Call, Double, Routes } from "./double.ts";
import { expanded, listOf, within } from "./lists.ts";
import { createdRange, currency, expand, page, read, text } from "./parameters.ts";
import { missing } from "./refusal.ts";
import { newId } from "./state.ts";

export type BalanceType =
  | "charge"
  | "refund"
  | "refund_failure"
  | "transfer"
  | "transfer_refund"
  | "adjustment"
  | "stripe_fee"
  | "tax_fee"
  | "payout"
  | "payout_failure";
export type BalanceTransaction = ReturnType<typeof newBalanceTransaction>;
type Entry = {
  type: BalanceType;
  /** Finer than the type; Stripe's "reporting category". */
  category: string;
  amount: number;
  fee?: number;
  feeDescription?: string;
  currency: string;
  exchangeRate?: number | null;
  source: string | null;
  description?: string | null;
  /** "pending" counts in the balance, but cannot be sent on. */
  status?: "available" | "pending";
};

function newBalanceTransaction(entry: Entry, now: number) {
  const fee = entry.fee ?? 0;
  return {
    id: newId("txn"),
    object: "balance_transaction" as const,
    amount: entry.amount,
    available_on: now,
    balance_type: "payments" as const,
    created: now,
    currency: entry.currency,
    description: entry.description ?? null,
    exchange_rate: entry.exchangeRate ?? null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency: entry.currency,
              description: entry.feeDescription ?? "Stripe processing fees",
              type: "stripe_fee",
            },
          ],
    net: entry.amount - fee,
    reporting_category: entry.category,
    source: entry.source,
    status: entry.status ?? "available",
    type: entry.type,
  };
}

export function post(double: Double, entry: Entry): BalanceTransaction {
  const transaction = newBalanceTransaction(entry, double.clock.seconds());
  double.state.balanceTransactions[transaction.id] = transaction;
  return transaction;
}

/** What the platform has, by currency. `onItsWay`: refunds asked for whose money has not left yet. */
export function balanceOf(double: Double) {
  const { state, settings } = double;
  const available: Record<string, number> = { [settings.currency]: state.openingFloat };
  const pending: Record<string, number> = { [settings.currency]: 0 };
  const add = (to: Record<string, number>, code: string, amount: number) => {
    to[code] = (to[code] ?? 0) + amount;
  };
  for (const t of Object.values(state.balanceTransactions))
    add(t.status === "available" ? available : pending, t.currency, t.net);
  const onItsWay = Object.values(state.refunds)
    .filter((refund) => refund.status === "pending" && refund.balance_transaction === null)
    .reduce((sum, refund) => sum + refund.amount, 0);
  return { available, pending, onItsWay };
}

export const availableIn = (double: Double, code: string) => balanceOf(double).available[code] ?? 0;

/** The Balance object of the API. */
export function balance(double: Double) {
  const { available, pending } = balanceOf(double);
  const amounts = (all: Record<string, number>) =>
    Object.entries(all).map(([code, amount]) => ({ amount, currency: code, source_types: { card: amount } }));
  return {
    object: "balance" as const,
    available: amounts(available),
    livemode: false,
    pending: amounts(pending),
  };
}

/** Money that was pending may be sent on from now on. */
export function fundsAvailable(double: Double) {
  for (const t of Object.values(double.state.balanceTransactions)) t.status = "available";
  double.emit("balance.available", balance(double));
}

/** What Stripe takes by itself, a fee or the tax on one; positive: given back. */
export function takeFee(double: Double, amount: number, of: "fee" | "tax", description: string | null) {
  return post(double, {
    type: of === "tax" ? "tax_fee" : "stripe_fee",
    category: of,
    amount,
    currency: double.settings.currency,
    source: null,
    description,
  });
}

/** A movement that nothing of ours explains. */
export function adjust(double: Double, amount: number, description: string | null) {
  return post(double, {
    type: "adjustment",
    category: "other_adjustment",
    amount,
    currency: double.settings.currency,
    source: null,
    description,
  });
}

const listParameters = z.strictObject({
  ...page,
  created: createdRange,
  currency: currency.optional(),
  payout: text.optional(),
  source: text.optional(),
  type: text.optional(),
});

function list(double: Double, { input }: Call) {
  const search = read(listParameters, input);
  const ofPayout = search.payout === undefined ? null : double.state.payouts[search.payout];
  if (ofPayout === undefined) throw missing("payout", search.payout ?? "", "payout");
  const found = Object.values(double.state.balanceTransactions).filter(
    (t) =>
      within(t.created, search.created) &&
      (search.currency === undefined || t.currency === search.currency) &&
      (search.source === undefined || t.source === search.source) &&
      (search.type === undefined || t.type === search.type) &&
      (ofPayout === null || ofPayout.transactions.includes(t.id)),
  );
  return expanded(double, listOf(found, "/v1/balance_transactions", search), search.expand, () => undefined);
}

function retrieve(double: Double, { ids, input }: Call) {
  const search = read(z.strictObject({ expand }), input);
  const found = double.state.balanceTransactions[ids.id ?? ""];
  if (!found) throw missing("balance transaction", ids.id ?? "");
  return expanded(double, found, search.expand, () => undefined);
}

export const balanceRoutes: Routes = {
  "GET /v1/balance": (double, { input }) => {
    read(z.strictObject({ expand }), input);
    return balance(double);
  },
  "GET /v1/balance_transactions": list,
  "GET /v1/balance_transactions/:id": retrieve,
};
