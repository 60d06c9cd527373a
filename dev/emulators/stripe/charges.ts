// Payment intents and charges: what an attempt to pay leaves behind.
import { z } from "zod";
import { post } from "./balance.ts";
import { type Card, isForeign } from "./cards.ts";
import type { Call, Double, Routes } from "./double.ts";
import { expanded, type Hidden, listOf, within } from "./lists.ts";
import { createdRange, expand, page, read, text } from "./parameters.ts";
import { missing } from "./refusal.ts";
import { newId } from "./state.ts";

export type PaymentIntent = ReturnType<typeof newIntent>;
export type Charge = ReturnType<typeof newCharge>;
type Order = {
  amount: number;
  currency: string;
  email: string | null;
  metadata: Record<string, string>;
  transferGroup: string | null;
  description: string | null;
  receiptEmail: string | null;
};
type IntentStatus = "requires_payment_method" | "requires_action" | "succeeded" | "canceled";
type NextAction = { type: "redirect_to_url"; redirect_to_url: { return_url: string; url: string } };
type PaymentError = {
  type: "card_error";
  code: "card_declined" | "expired_card" | "payment_intent_authentication_failure";
  message: string;
  decline_code?: string;
  charge?: string;
};

export function newIntent(order: Order, now: number) {
  const id = newId("pi");
  return {
    id,
    object: "payment_intent" as const,
    allowed_payment_method_types: null,
    amount: order.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null as number | null,
    cancellation_reason: null as "automatic" | null,
    capture_method: "automatic_async" as const,
    client_secret: `${id}_secret_${newId("x", 24).slice(2)}`,
    confirmation_method: "automatic" as const,
    created: now,
    currency: order.currency,
    customer: null,
    customer_account: null,
    description: order.description,
    excluded_payment_method_types: null,
    last_payment_error: null as PaymentError | null,
    latest_charge: null as string | null,
    livemode: false,
    managed_payments: null,
    metadata: order.metadata,
    next_action: null as NextAction | null,
    on_behalf_of: null,
    payment_method: null as string | null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ["card"],
    payment_record: null,
    processing: null,
    receipt_email: order.receiptEmail,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: "requires_payment_method" as IntentStatus,
    transfer_group: order.transferGroup,
  };
}

function newCharge(intent: PaymentIntent, card: Card, email: string | null, now: number) {
  const paid = card.behaviour !== "decline";
  return {
    id: newId("ch"),
    object: "charge" as const,
    amount: intent.amount,
    amount_captured: paid ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null as string | null,
    billing_details: { address: null, email, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: "VENTES.COOP",
    captured: paid,
    created: now,
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: paid ? null : "card_declined",
    failure_message: paid ? null : "Your card was declined.",
    fraud_details: null,
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: paid ? null : "05",
      network_status: paid ? "approved_by_network" : "declined_by_network",
      reason: paid ? null : (card.declineCode ?? "generic_decline"),
      risk_level: "normal",
      seller_message: paid
        ? "Payment complete."
        : "The bank did not return any further details with this decline.",
      type: paid ? "authorized" : "issuer_declined",
    },
    paid,
    payment_intent: intent.id,
    payment_method: intent.payment_method,
    payment_method_details: {
      type: "card",
      card: {
        amount_authorized: paid ? intent.amount : null,
        authorization_code: null,
        brand: card.brand,
        checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
        country: card.country,
        electronic_commerce_indicator: null,
        exp_month: 12,
        exp_year: 2034,
        funding: "credit",
        installments: null,
        last4: card.number.slice(-4),
        mandate: null,
        network: card.brand,
        network_transaction_id: null,
        regulated_status: "unregulated" as const,
        three_d_secure: null,
        transaction_link_id: null,
        wallet: null,
      },
    },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: paid ? ("succeeded" as const) : ("failed" as const),
    transfer_data: null,
    transfer_group: intent.transfer_group,
  };
}

/** A charge that went through, or was declined; the caller says when its fee becomes known. */
export function charge(double: Double, intent: PaymentIntent, card: Card, email: string | null): Charge {
  const made = newCharge(intent, card, email, double.clock.seconds());
  double.state.charges[made.id] = made;
  intent.latest_charge = made.id;
  intent.next_action = null;
  if (made.paid) {
    Object.assign(intent, { status: "succeeded", amount_received: intent.amount, last_payment_error: null });
    double.emit("charge.succeeded", made);
    double.emit("payment_intent.succeeded", intent);
  } else {
    intent.status = "requires_payment_method";
    intent.last_payment_error = {
      type: "card_error",
      code: "card_declined",
      message: made.failure_message ?? "",
      decline_code: card.declineCode ?? "generic_decline",
      charge: made.id,
    };
    double.emit("charge.failed", made);
    double.emit("payment_intent.payment_failed", intent);
  }
  return made;
}

/** Half up(2.9 % of the total) + 30; 3.7 % for a card of another country. */
export function feeFor(amount: number, foreign: boolean) {
  return Math.floor((amount * (foreign ? 37 : 29) + 500) / 1000) + 30;
}

/** Cents of the settlement currency for one minor unit of another, when a test does not say what was settled. Made up. */
const RATES: Record<string, number> = { eur: 1.487, usd: 1.37, gbp: 1.73, chf: 1.58, jpy: 0.92 };

export type FeeOverride = { fee?: number | undefined; settled?: number | undefined };

/**
 * The fee of a charge becomes known: its balance transaction appears, and charge.updated says so. `settled`: what the
 * charge brought in the settlement currency, when it was made in another. Doing it twice changes nothing.
 */
export function settle(double: Double, made: Charge, { fee, settled }: FeeOverride = {}) {
  if (made.balance_transaction !== null || !made.paid) return;
  const other = made.currency !== double.settings.currency;
  const amount = settled ?? (other ? Math.round(made.amount * (RATES[made.currency] ?? 1)) : made.amount);
  const foreign = isForeign(
    { country: made.payment_method_details.card.country } as Card,
    double.settings.country,
  );
  const transaction = post(double, {
    type: "charge",
    category: "charge",
    amount,
    fee: fee ?? feeFor(amount, foreign),
    currency: double.settings.currency,
    exchangeRate: other ? Number((amount / made.amount).toFixed(6)) : null,
    source: made.id,
    description: made.description,
    status: double.state.funds === "at_once" ? "available" : "pending",
  });
  made.balance_transaction = transaction.id;
  double.clock.unset("settle", made.id);
  double.emit("charge.updated", made, { previous: { balance_transaction: null } });
}

/** An amount of the charge's currency as it counts in the balance: cut so that the parts of a whole add up to it. */
export function inSettlement(double: Double, made: Charge, before: number, amount: number) {
  const transaction = made.balance_transaction && double.state.balanceTransactions[made.balance_transaction];
  if (!transaction || transaction.currency === made.currency) return { amount, currency: made.currency };
  const upTo = (part: number) => Math.round((transaction.amount * part) / made.amount);
  return { amount: upTo(before + amount) - upTo(before), currency: transaction.currency };
}

export function chargeNamed(double: Double, id: string, param = "charge"): Charge {
  const found = double.state.charges[id];
  if (!found) throw missing("charge", id, param);
  return found;
}

const hiddenIn =
  (double: Double): Hidden =>
  (object, field) => {
    if (object.object !== "charge" || field !== "refunds") return undefined;
    const refunds = Object.values(double.state.refunds).filter((refund) => refund.charge === object.id);
    return listOf(refunds, `/v1/charges/${object.id}/refunds`, {});
  };

const only = z.strictObject({ expand });
const intentList = z.strictObject({ ...page, created: createdRange });
const chargeList = z.strictObject({
  ...page,
  created: createdRange,
  payment_intent: text.optional(),
  transfer_group: text.optional(),
});

export const chargeRoutes: Routes = {
  "GET /v1/payment_intents": (double, { input }) => {
    const search = read(intentList, input);
    const found = Object.values(double.state.intents).filter((i) => within(i.created, search.created));
    return expanded(double, listOf(found, "/v1/payment_intents", search), search.expand, hiddenIn(double));
  },
  "GET /v1/payment_intents/:id": (double, { ids, input }: Call) => {
    const found = double.state.intents[ids.id ?? ""];
    if (!found) throw missing("payment_intent", ids.id ?? "", "intent");
    return expanded(double, found, read(only, input).expand, hiddenIn(double));
  },
  "GET /v1/charges": (double, { input }) => {
    const search = read(chargeList, input);
    const found = Object.values(double.state.charges).filter(
      (c) =>
        within(c.created, search.created) &&
        (search.payment_intent === undefined || c.payment_intent === search.payment_intent) &&
        (search.transfer_group === undefined || c.transfer_group === search.transfer_group),
    );
    return expanded(double, listOf(found, "/v1/charges", search), search.expand, hiddenIn(double));
  },
  "GET /v1/charges/:id": (double, { ids, input }: Call) =>
    expanded(double, chargeNamed(double, ids.id ?? "", "id"), read(only, input).expand, hiddenIn(double)),
};
