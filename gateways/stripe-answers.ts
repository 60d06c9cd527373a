// What Stripe answers, told in our own plain shapes. No call is made here.
import type Stripe from "stripe";
import type {
  AccountState,
  BalanceTransaction,
  BankPayout,
  Charge,
  Checkout,
  Dispute,
  Refund,
  RefundStatus,
  Reversal,
  Transfer,
  WebhookEvent,
} from "./stripe.ts";
import { WebhookRefused } from "./stripe-failure.ts";

const at = (seconds: number) => new Date(seconds * 1000);
const idOf = (ref: string | { id: string } | null | undefined) =>
  ref == null ? null : typeof ref === "string" ? ref : ref.id;

export function readBalanceTransaction(b: Stripe.BalanceTransaction): BalanceTransaction {
  return {
    id: b.id,
    type: b.type,
    category: b.reporting_category,
    amount: b.amount,
    fee: b.fee,
    net: b.net,
    currency: b.currency,
    exchangeRate: b.exchange_rate,
    sourceId: idOf(b.source),
    description: b.description,
    status: b.status === "available" ? "available" : "pending",
    createdAt: at(b.created),
    availableAt: at(b.available_on),
  };
}

const readSettled = (ref: string | Stripe.BalanceTransaction | null) =>
  ref && typeof ref === "object" ? readBalanceTransaction(ref) : null;

export function readCharge(c: Stripe.Charge): Charge {
  return {
    id: c.id,
    amount: c.amount,
    amountRefunded: c.amount_refunded,
    currency: c.currency,
    disputed: c.disputed,
    livemode: c.livemode,
    paymentIntentId: idOf(c.payment_intent),
    transferGroup: c.transfer_group,
    metadata: c.metadata,
    balanceTransaction: readSettled(c.balance_transaction),
    createdAt: at(c.created),
  };
}

export function readCheckout(s: Stripe.Checkout.Session): Checkout {
  const intent = typeof s.payment_intent === "object" ? s.payment_intent : null;
  const latest = intent && typeof intent.latest_charge === "object" ? intent.latest_charge : null;
  // A declined attempt leaves a failed charge behind: it is not the sale's.
  const charge = latest?.status === "succeeded" ? latest : null;
  return {
    id: s.id,
    state: s.status === "complete" ? "complete" : s.status === "expired" ? "expired" : "open",
    paymentStatus:
      s.payment_status === "paid" ? "paid" : s.payment_status === "unpaid" ? "unpaid" : "no_payment_required",
    url: s.url,
    paymentIntentId: idOf(s.payment_intent),
    chargeId: charge?.id ?? null,
    balanceTransaction: charge ? readSettled(charge.balance_transaction) : null,
    amountRefunded: charge?.amount_refunded ?? 0,
    disputed: charge?.disputed ?? false,
    amountTotal: s.amount_total ?? 0,
    currency: s.currency ?? "",
    email: s.customer_details?.email ?? s.customer_email,
    reference: s.client_reference_id,
    metadata: s.metadata ?? {},
    expiresAt: at(s.expires_at),
    livemode: s.livemode,
  };
}

export function readTransfer(t: Stripe.Transfer): Transfer {
  return {
    id: t.id,
    amount: t.amount,
    amountReversed: t.amount_reversed,
    currency: t.currency,
    destination: idOf(t.destination) ?? "",
    sourceTransaction: idOf(t.source_transaction),
    transferGroup: t.transfer_group,
    metadata: t.metadata,
    createdAt: at(t.created),
  };
}

export function readReversal(r: Stripe.TransferReversal): Reversal {
  return {
    id: r.id,
    transferId: idOf(r.transfer) ?? "",
    amount: r.amount,
    currency: r.currency,
    metadata: r.metadata ?? {},
    createdAt: at(r.created),
  };
}

export function readRefund(r: Stripe.Refund): Refund {
  return {
    id: r.id,
    amount: r.amount,
    currency: r.currency,
    status: (r.status ?? "pending") as RefundStatus,
    pendingReason: r.pending_reason ?? null,
    failureReason: r.failure_reason ?? null,
    chargeId: idOf(r.charge),
    paymentIntentId: idOf(r.payment_intent),
    metadata: r.metadata ?? {},
    createdAt: at(r.created),
  };
}

export function readDispute(d: Stripe.Dispute): Dispute {
  return {
    id: d.id,
    amount: d.amount,
    currency: d.currency,
    status: d.status,
    reason: d.reason,
    chargeId: idOf(d.charge) ?? "",
    paymentIntentId: idOf(d.payment_intent),
    evidenceDueAt: d.evidence_details.due_by ? at(d.evidence_details.due_by) : null,
    submissions: d.evidence_details.submission_count,
    balanceTransactions: d.balance_transactions.map(readBalanceTransaction),
    livemode: d.livemode,
    createdAt: at(d.created),
  };
}

export function readPayout(p: Stripe.Payout): BankPayout {
  return {
    id: p.id,
    amount: p.amount,
    currency: p.currency,
    state: p.status as BankPayout["state"],
    automatic: p.automatic,
    listed: p.reconciliation_status === "completed",
    balanceTransactionId: idOf(p.balance_transaction),
    returnTransactionId: idOf(p.failure_balance_transaction),
    failure: p.failure_message ?? p.failure_code,
    createdAt: at(p.created),
    arrivesAt: at(p.arrival_date),
  };
}

/** From the capability by which an account may be sent money, and what Stripe still waits for. */
export function readAccount(a: Stripe.V2.Core.Account): AccountState {
  const waiting = (a.requirements?.entries ?? []).filter((e) => e.awaiting_action_from === "user");
  const capability = a.configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers;
  // The terms are accepted at the end of the form, so their date tells "not finished yet" from "something more is asked".
  const finished = a.identity?.attestations?.terms_of_service?.account?.date !== undefined;
  const dueAt = a.requirements?.summary?.minimum_deadline?.time;
  const state = (): AccountState["state"] => {
    if (a.closed || capability?.status === "rejected" || capability?.status === "unsupported")
      return "closed";
    if (capability?.status === "active") return "active";
    if (!finished) return "to_complete";
    return capability?.status === "pending" && waiting.length === 0 ? "in_review" : "restricted";
  };
  return {
    id: a.id,
    state: state(),
    requirements: waiting.map((e) => e.description),
    dueAt: dueAt === undefined ? null : new Date(dueAt),
    livemode: a.livemode,
    metadata: a.metadata ?? {},
  };
}

/** An event as it came over the wire: v1 carries a snapshot of its object, v2 only its id. */
export function readEvent(body: string): WebhookEvent {
  type Wire = {
    id?: unknown;
    object?: unknown;
    type?: unknown;
    livemode?: unknown;
    created?: unknown;
    account?: unknown;
    data?: { object?: { id?: unknown } };
    related_object?: { id?: unknown } | null;
  };
  let event: Wire;
  try {
    event = JSON.parse(body) as Wire;
  } catch {
    throw new WebhookRefused("malformed", "the body is not JSON");
  }
  const { id, type, livemode, created } = event;
  const createdAt =
    typeof created === "number" ? at(created) : new Date(typeof created === "string" ? created : Number.NaN);
  if (
    typeof id !== "string" ||
    typeof type !== "string" ||
    typeof livemode !== "boolean" ||
    Number.isNaN(createdAt.getTime())
  )
    throw new WebhookRefused("malformed", "the body is not an event");
  const object = event.object === "v2.core.event" ? event.related_object?.id : event.data?.object?.id;
  return {
    id,
    type,
    livemode,
    account: typeof event.account === "string" ? event.account : null,
    objectId: typeof object === "string" ? object : null,
    createdAt,
    payload: event as Record<string, unknown>,
  };
}
