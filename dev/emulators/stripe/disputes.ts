// Disputes: the buyer's bank takes the money back while it looks; an inquiry only asks.
import { z } from "zod";
import { type BalanceTransaction, post } from "./balance.ts";
import { type Charge, inSettlement } from "./charges.ts";
import type { Double, Routes } from "./double.ts";
import { expanded, listOf, within } from "./lists.ts";
import { createdRange, expand, page, read, text } from "./parameters.ts";
import { missing, Refusal } from "./refusal.ts";
import { newId } from "./state.ts";

/** What Stripe takes for a dispute, won or lost. */
export const DISPUTE_FEE = 1500;
const EVIDENCE_DAYS = 9;

export type Dispute = ReturnType<typeof newDispute>;
type Status =
  | "needs_response"
  | "under_review"
  | "won"
  | "lost"
  | "warning_needs_response"
  | "warning_under_review"
  | "warning_closed";
type DisputeOptions = { amount?: number | undefined; reason?: string | undefined };

function newDispute(double: Double, made: Charge, status: Status, options: DisputeOptions) {
  const now = double.clock.seconds();
  const inquiry = status.startsWith("warning");
  return {
    /** Not decided yet. */
    isOpen: !inquiry,
    /** The money is not the platform's: the dispute is open, or lost. */
    holds: !inquiry,
    shown: {
      id: newId("dp"),
      object: "dispute" as const,
      amount: options.amount ?? made.amount - made.amount_refunded,
      balance_transactions: [] as BalanceTransaction[],
      charge: made.id,
      created: now,
      currency: made.currency,
      enhanced_eligibility_types: [],
      evidence: {
        access_activity_log: null,
        billing_address: null,
        cancellation_policy: null,
        cancellation_policy_disclosure: null,
        cancellation_rebuttal: null,
        customer_communication: null,
        customer_email_address: made.billing_details.email,
        customer_name: null,
        customer_purchase_ip: null,
        customer_signature: null,
        duplicate_charge_documentation: null,
        duplicate_charge_explanation: null,
        duplicate_charge_id: null,
        enhanced_evidence: {},
        product_description: null,
        receipt: null,
        refund_policy: null,
        refund_policy_disclosure: null,
        refund_refusal_explanation: null,
        service_date: null,
        service_documentation: null,
        shipping_address: null,
        shipping_carrier: null,
        shipping_date: null,
        shipping_documentation: null,
        shipping_tracking_number: null,
        uncategorized_file: null,
        uncategorized_text: null,
      },
      evidence_details: {
        due_by: now + EVIDENCE_DAYS * 86_400,
        enhanced_eligibility: {},
        has_evidence: false,
        past_due: false,
        submission_count: 0,
        submission_method: "not_submitted" as const,
      },
      intended_submission_method: null,
      is_charge_refundable: inquiry,
      livemode: false,
      metadata: {},
      payment_intent: made.payment_intent,
      reason: options.reason ?? "fraudulent",
      status,
    },
  };
}

function keep(double: Double, dispute: Dispute, made: Charge) {
  double.state.disputes[dispute.shown.id] = dispute;
  made.disputed = true;
  return dispute;
}

function move(double: Double, dispute: Dispute, made: Charge, sign: 1 | -1) {
  const { amount, currency } = inSettlement(double, made, made.amount_refunded, dispute.shown.amount);
  const transaction = post(double, {
    type: "adjustment",
    category: sign < 0 ? "dispute" : "dispute_reversal",
    amount: sign * amount,
    fee: sign < 0 ? DISPUTE_FEE : 0,
    feeDescription: "Dispute fee",
    currency,
    source: dispute.shown.id,
    description: sign < 0 ? `Chargeback withdrawal for ${made.id}` : `Chargeback reversal for ${made.id}`,
  });
  dispute.shown.balance_transactions.push(transaction);
}

/** The bank takes the money back at once, and Stripe its fee. */
export function openDispute(double: Double, made: Charge, options: DisputeOptions) {
  const dispute = keep(double, newDispute(double, made, "needs_response", options), made);
  move(double, dispute, made, -1);
  double.emit("charge.dispute.created", dispute.shown);
  double.emit("charge.dispute.funds_withdrawn", dispute.shown);
  return dispute;
}

/** The bank only asks: no money moves. */
export function inquire(double: Double, made: Charge, options: DisputeOptions) {
  const dispute = keep(double, newDispute(double, made, "warning_needs_response", options), made);
  double.emit("charge.dispute.created", dispute.shown);
  return dispute;
}

export function endDispute(double: Double, dispute: Dispute, how: "won" | "lost" | "inquiry_closed") {
  const made = double.state.charges[dispute.shown.charge];
  const expected = how === "inquiry_closed" ? "warning_needs_response" : "needs_response";
  if (!made || dispute.shown.status !== expected)
    throw new Refusal(400, `Dispute ${dispute.shown.id} is ${dispute.shown.status}: it cannot be ${how}.`);
  dispute.isOpen = false;
  dispute.holds = how === "lost";
  dispute.shown.status = how === "inquiry_closed" ? "warning_closed" : how;
  dispute.shown.is_charge_refundable = how !== "lost";
  if (how === "won") move(double, dispute, made, 1);
  double.emit("charge.dispute.closed", dispute.shown);
  if (how === "won") double.emit("charge.dispute.funds_reinstated", dispute.shown);
}

export function disputeNamed(double: Double, id: string): Dispute {
  const found = double.state.disputes[id];
  if (!found) throw missing("dispute", id, "dispute");
  return found;
}

const listParameters = z.strictObject({
  ...page,
  created: createdRange,
  charge: text.optional(),
  payment_intent: text.optional(),
});

export const disputeRoutes: Routes = {
  "GET /v1/disputes": (double, { input }) => {
    const search = read(listParameters, input);
    const found = Object.values(double.state.disputes)
      .map((dispute) => dispute.shown)
      .filter(
        (d) =>
          within(d.created, search.created) &&
          (search.charge === undefined || d.charge === search.charge) &&
          (search.payment_intent === undefined || d.payment_intent === search.payment_intent),
      );
    return expanded(double, listOf(found, "/v1/disputes", search), search.expand, () => undefined);
  },
  "GET /v1/disputes/:id": (double, { ids, input }) => {
    const { expand: paths } = read(z.strictObject({ expand }), input);
    return expanded(double, disputeNamed(double, ids.id ?? "").shown, paths, () => undefined);
  },
};
