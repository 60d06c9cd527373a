// Refunds: money that goes back to the buyer, whole or in part, at once, later or not at all.
import { z } from "zod";
import { post } from "./balance.ts";
import { CARDS } from "./cards.ts";
import { type Charge, chargeNamed, inSettlement } from "./charges.ts";
import type { Call, Double, Routes } from "./double.ts";
import { expanded, listOf, within } from "./lists.ts";
import { createdRange, expand, integer, metadata, page, read, text } from "./parameters.ts";
import { missing, Refusal, shown, wrongParameter } from "./refusal.ts";
import { newId } from "./state.ts";

type Reason = "duplicate" | "fraudulent" | "requested_by_customer" | null;
type Status = "pending" | "succeeded" | "failed" | "canceled";

export type Refund = {
  id: string;
  object: "refund";
  amount: number;
  balance_transaction: string | null;
  charge: string;
  created: number;
  currency: string;
  customer: null;
  customer_account: null;
  destination_details: { card: { type: "refund" }; type: "card" };
  failure_balance_transaction?: string;
  failure_reason?: string;
  metadata: Record<string, string>;
  payment_intent: string;
  payment_method: string | null;
  pending_reason?: "charge_pending" | "insufficient_funds" | "processing";
  reason: Reason;
  receipt_number: null;
  source_transfer_reversal: null;
  status: Status;
  transfer_reversal: null;
};

function newRefund(
  double: Double,
  made: Charge,
  amount: number,
  reason: Reason,
  about: Record<string, string>,
): Refund {
  return {
    id: newId("re"),
    object: "refund",
    amount,
    balance_transaction: null,
    charge: made.id,
    created: double.clock.seconds(),
    currency: made.currency,
    customer: null,
    customer_account: null,
    destination_details: { card: { type: "refund" }, type: "card" },
    metadata: about,
    payment_intent: made.payment_intent,
    payment_method: made.payment_method,
    reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  };
}

export type RefundOptions = {
  amount?: number | undefined;
  reason?: Exclude<Reason, null> | undefined;
  metadata?: Record<string, string> | undefined;
  /** Accepted, but the money has not left: a later word says how it ends. */
  pending?: boolean | undefined;
};

/** Refunds a charge: by the API, or by a person in Stripe's dashboard. */
export function refund(double: Double, made: Charge, options: RefundOptions): Refund {
  const left = made.amount - made.amount_refunded;
  if (!made.paid)
    throw new Refusal(400, `Charge ${made.id} was not paid.`, { code: "charge_not_refundable" });
  if (left === 0)
    throw new Refusal(400, `Charge ${made.id} has already been refunded.`, {
      code: "charge_already_refunded",
    });
  if (
    Object.values(double.state.disputes).some(
      (d) => d.shown.charge === made.id && !d.shown.is_charge_refundable && d.isOpen,
    )
  )
    throw new Refusal(400, `Charge ${made.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  const amount = options.amount ?? left;
  if (amount < 1) throw wrongParameter("parameter_invalid_integer", "amount", "Invalid positive integer");
  if (amount > left)
    throw new Refusal(
      400,
      `Refund amount (${shown(amount, made.currency)}) is greater than unrefunded amount on charge (${shown(left, made.currency)})`,
      { param: "amount" },
    );
  const issued = newRefund(double, made, amount, options.reason ?? null, options.metadata ?? {});
  double.state.refunds[issued.id] = issued;
  made.amount_refunded += amount;
  made.refunded = made.amount_refunded === made.amount;
  const card = CARDS.find((known) => known.number.slice(-4) === made.payment_method_details.card.last4);
  if (options.pending || card?.later === "refund_pending") {
    issued.status = "pending";
    issued.pending_reason = options.pending ? "insufficient_funds" : "processing";
  } else withdraw(double, made, issued);
  double.emit("refund.created", issued);
  double.emit("charge.refunded", made);
  if (!options.pending && card?.later === "refund_pending")
    double.clock.set(double.clock.now() + 5000, "refund", issued.id);
  if (card?.later === "refund_fails") double.clock.set(double.clock.now() + 5000, "refund_fails", issued.id);
  return issued;
}

function withdraw(double: Double, made: Charge, issued: Refund) {
  const { amount, currency } = inSettlement(
    double,
    made,
    made.amount_refunded - issued.amount,
    issued.amount,
  );
  const transaction = post(double, {
    type: "refund",
    category: "refund",
    amount: -amount,
    currency,
    source: issued.id,
  });
  issued.balance_transaction = transaction.id;
}

/** A pending refund goes through. */
export function refundSucceeds(double: Double, issued: Refund) {
  if (issued.status !== "pending") return;
  issued.status = "succeeded";
  delete issued.pending_reason;
  withdraw(double, chargeNamed(double, issued.charge), issued);
  double.emit("refund.updated", issued);
  double.emit("charge.refund.updated", issued);
}

/** The buyer's bank sends it back: what had left the balance returns, and the charge counts as not refunded. */
export function refundFails(double: Double, issued: Refund, reason = "lost_or_stolen_card") {
  if (issued.status === "failed") return;
  const made = chargeNamed(double, issued.charge);
  issued.status = "failed";
  issued.failure_reason = reason;
  delete issued.pending_reason;
  made.amount_refunded -= issued.amount;
  made.refunded = false;
  const taken = issued.balance_transaction && double.state.balanceTransactions[issued.balance_transaction];
  if (taken) {
    const back = post(double, {
      type: "refund_failure",
      category: "refund_failure",
      amount: -taken.amount,
      currency: taken.currency,
      source: issued.id,
    });
    issued.failure_balance_transaction = back.id;
  }
  double.emit("refund.updated", issued);
  double.emit("charge.refund.updated", issued);
  double.emit("refund.failed", issued);
}

export function refundNamed(double: Double, id: string): Refund {
  const found = double.state.refunds[id];
  if (!found) throw missing("refund", id);
  return found;
}

const createParameters = z.strictObject({
  charge: text.optional(),
  payment_intent: text.optional(),
  amount: integer.optional(),
  reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
  metadata: metadata.optional(),
  expand,
});
const listParameters = z.strictObject({
  ...page,
  created: createdRange,
  charge: text.optional(),
  payment_intent: text.optional(),
});

export function create(double: Double, { input }: Call, pending = false) {
  const asked = read(createParameters, input);
  const intent = asked.payment_intent === undefined ? undefined : double.state.intents[asked.payment_intent];
  const id = asked.charge ?? intent?.latest_charge;
  if (!id)
    throw wrongParameter(
      "parameter_missing",
      "charge",
      "One of the following params should be provided for this request: payment_intent or charge.",
    );
  const issued = refund(double, chargeNamed(double, id), { ...asked, pending });
  return expanded(double, issued, asked.expand, () => undefined);
}

export const refundRoutes: Routes = {
  "POST /v1/refunds": (double, call) => create(double, call),
  "GET /v1/refunds": (double, { input }) => {
    const search = read(listParameters, input);
    const found = Object.values(double.state.refunds).filter(
      (r) =>
        within(r.created, search.created) &&
        (search.charge === undefined || r.charge === search.charge) &&
        (search.payment_intent === undefined || r.payment_intent === search.payment_intent),
    );
    return expanded(double, listOf(found, "/v1/refunds", search), search.expand, () => undefined);
  },
  "GET /v1/refunds/:id": (double, { ids, input }) => {
    const { expand: paths } = read(z.strictObject({ expand }), input);
    return expanded(double, refundNamed(double, ids.id ?? ""), paths, () => undefined);
  },
};
