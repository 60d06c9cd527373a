// Disputes: the buyer's bank takes the money back while it looks; an inquiry only asks.
import { z } from "zod";
import { type BalanceTransaction, post } from "./balance.ts";
import { type Charge, inSettlement } from "./charges.ts";
import type { Double, Routes } from "./double.ts";
import { expanded, listOf, within } from "./lists.ts";
import { boolean, createdRange, expand, metadata, page, read, text } from "./parameters.ts";
import { missing, Refusal } from "./refusal.ts";
import { newId } from "./state.ts";

/** What Stripe takes for a dispute, won or lost. */
export const DISPUTE_FEE = 1500;
const EVIDENCE_DAYS = 9;

/** What may answer a bank in words; files are not received here, so naming one is refused. */
const texts = [
  "access_activity_log",
  "billing_address",
  "cancellation_policy_disclosure",
  "cancellation_rebuttal",
  "customer_email_address",
  "customer_name",
  "customer_purchase_ip",
  "duplicate_charge_explanation",
  "duplicate_charge_id",
  "product_description",
  "refund_policy_disclosure",
  "refund_refusal_explanation",
  "service_date",
  "shipping_address",
  "shipping_carrier",
  "shipping_date",
  "shipping_tracking_number",
  "uncategorized_text",
] as const;
const files = [
  "cancellation_policy",
  "customer_communication",
  "customer_signature",
  "duplicate_charge_documentation",
  "receipt",
  "refund_policy",
  "service_documentation",
  "shipping_documentation",
  "uncategorized_file",
] as const;
const blank = <K extends string>(names: readonly K[]) =>
  Object.fromEntries(names.map((name) => [name, null])) as Record<K, string | null>;
/** Of a text, and of all of them together (docs: "Dispute evidence", "update"). */
const LONGEST = 20_000;
const LONGEST_TOGETHER = 150_000;

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
  const left = made.amount - made.amount_refunded;
  if (left === 0) throw new Refusal(400, `Charge ${made.id} was refunded: there is nothing to dispute.`);
  return {
    /** Not decided yet. */
    isOpen: !inquiry,
    /** The money is not the platform's: the dispute is open, or lost. */
    holds: !inquiry,
    shown: {
      id: newId("dp"),
      object: "dispute" as const,
      amount: Math.min(options.amount ?? left, left),
      balance_transactions: [] as BalanceTransaction[],
      charge: made.id,
      created: now,
      currency: made.currency,
      enhanced_eligibility_types: [],
      evidence: {
        ...blank(texts),
        ...blank(files),
        customer_email_address: made.billing_details.email,
        enhanced_evidence: {},
      },
      evidence_details: {
        due_by: now + EVIDENCE_DAYS * 86_400,
        enhanced_eligibility: {},
        has_evidence: false as boolean,
        past_due: false as boolean,
        submission_count: 0 as number,
        submission_method: "not_submitted" as "not_submitted" | "manual",
      },
      intended_submission_method: null,
      is_charge_refundable: inquiry,
      livemode: false,
      metadata: {} as Record<string, string>,
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
  const expected =
    how === "inquiry_closed"
      ? ["warning_needs_response", "warning_under_review"]
      : ["needs_response", "under_review"];
  if (!made || !expected.includes(dispute.shown.status))
    throw new Refusal(400, `Dispute ${dispute.shown.id} is ${dispute.shown.status}: it cannot be ${how}.`);
  dispute.isOpen = false;
  dispute.holds = how === "lost";
  dispute.shown.status = how === "inquiry_closed" ? "warning_closed" : how;
  dispute.shown.is_charge_refundable = how !== "lost";
  if (how === "won") move(double, dispute, made, 1);
  double.emit("charge.dispute.closed", dispute.shown);
  if (how === "won") double.emit("charge.dispute.funds_reinstated", dispute.shown);
}

const updateParameters = z.strictObject({
  evidence: z
    .strictObject(
      Object.fromEntries(texts.map((name) => [name, z.string().max(LONGEST).optional()])) as Record<
        (typeof texts)[number],
        z.ZodOptional<z.ZodString>
      >,
    )
    .refine((all) => Object.values(all).join("").length <= LONGEST_TOGETHER, "the evidence is too long")
    .optional(),
  submit: boolean.optional(),
  metadata: metadata.optional(),
  expand,
});

/** Words for the bank: staged, or sent for good (`submit`, as long as nobody says otherwise). */
function update(double: Double, dispute: Dispute, input: z.output<typeof updateParameters>) {
  const { shown } = dispute;
  const waits = shown.status === "needs_response" || shown.status === "warning_needs_response";
  if (!waits)
    throw new Refusal(400, `This dispute is ${shown.status}: its evidence can no longer be updated.`);
  if (double.clock.seconds() > shown.evidence_details.due_by) {
    shown.evidence_details.past_due = true;
    throw new Refusal(400, "The evidence of this dispute was due earlier and can no longer be submitted.");
  }
  for (const [name, value] of Object.entries(input.evidence ?? {}))
    shown.evidence[name as (typeof texts)[number]] = value || null;
  Object.assign(shown.metadata, input.metadata);
  shown.evidence_details.has_evidence = [...texts, ...files].some((name) => shown.evidence[name] !== null);
  const previous: Record<string, unknown> = { evidence: blank(texts) };
  if (input.submit ?? true) {
    previous.status = shown.status;
    shown.evidence_details.submission_count += 1;
    shown.evidence_details.submission_method = "manual";
    shown.status = shown.status === "needs_response" ? "under_review" : "warning_under_review";
  }
  double.emit("charge.dispute.updated", shown, { previous });
  return shown;
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
  "POST /v1/disputes/:id": (double, { ids, input }) => {
    const wanted = read(updateParameters, input);
    const shown = update(double, disputeNamed(double, ids.id ?? ""), wanted);
    return expanded(double, shown, wanted.expand, () => undefined);
  },
};
