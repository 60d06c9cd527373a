// The only file of the application that knows the `stripe` package. What goes in and comes out is plain: amounts in
// minor units, times as Date, ids as text. It takes no decision: whether, when and with which key a call is made again
// is for domain/payouts and domain/sales to say, so the package's own retries are off.
import Stripe from "stripe";
import { readEvent } from "./stripe-answers.ts";
import { callsOf } from "./stripe-calls.ts";
import { StripeFailure, WebhookRefused } from "./stripe-failure.ts";
import { type StripeTaxCalls, taxCallsOf } from "./stripe-tax.ts";

export { StripeFailure, WebhookRefused };

/** The version of the API that this code was written against; the local double speaks the same one. */
export const STRIPE_API_VERSION = "2026-10-28.endive";

/** Stripe's libraries refuse a webhook whose signature is older than this (docs: "Receive Stripe events in your webhook endpoint"). */
export const WEBHOOK_TOLERANCE_SECONDS = 300;

export type StripeSettings = {
  apiKey: string;
  /** Where the API is, e.g. "http://127.0.0.1:12111" for the local double; Stripe itself when absent. */
  apiBase?: string | undefined;
  webhookSecret: string;
  /** For the age of a webhook's signature; the machine's clock when absent. */
  now?: (() => Date) | undefined;
  timeoutMs?: number | undefined;
  /** Instead of the network: how the local double is asked where thousands of sales are played in its own process. */
  fetch?: typeof fetch | undefined;
};

/** A POST's key: the same key within 24 hours means the same act, done once. */
export type Keyed = { idempotencyKey: string };
export type Metadata = Record<string, string>;

export type CheckoutLine = {
  name: string;
  description?: string | undefined;
  unitAmount: number;
  quantity: number;
  metadata?: Metadata | undefined;
};
export type CheckoutInput = {
  lines: CheckoutLine[];
  currency: string;
  locale: "fr" | "en";
  /** The buyer's address, shown and not asked again; Stripe asks for one when it is absent. */
  email?: string | undefined;
  /** Ours: comes back on the session as it is. */
  reference: string;
  transferGroup: string;
  metadata?: Metadata | undefined;
  /** May hold {CHECKOUT_SESSION_ID}. */
  successUrl: string;
  cancelUrl: string;
  /** 30 minutes to 24 hours from now. */
  expiresAt: Date;
};

export type BalanceTransaction = {
  id: string;
  /** charge, refund, refund_failure, transfer, transfer_refund, adjustment (disputes too), payout, … */
  type: string;
  /** Finer than the type: "dispute", "dispute_reversal", "transfer_reversal", … */
  category: string;
  amount: number;
  fee: number;
  net: number;
  currency: string;
  /** A decimal, when the money was charged in another currency than it settled in. */
  exchangeRate: number | null;
  sourceId: string | null;
  description: string | null;
  status: "available" | "pending";
  createdAt: Date;
  availableAt: Date;
};
export type Charge = {
  id: string;
  amount: number;
  amountRefunded: number;
  currency: string;
  disputed: boolean;
  livemode: boolean;
  paymentIntentId: string | null;
  transferGroup: string | null;
  metadata: Metadata;
  /** Absent for some time after the payment: the fee is not known until it is there. */
  balanceTransaction: BalanceTransaction | null;
  createdAt: Date;
};
export type Checkout = {
  id: string;
  state: "open" | "complete" | "expired";
  paymentStatus: "paid" | "unpaid" | "no_payment_required";
  /** Where the buyer pays, while it is open. */
  url: string | null;
  paymentIntentId: string | null;
  chargeId: string | null;
  /** Of that charge: the exact fee, null while Stripe does not know it; what went back of it, and whether a bank disputes it. */
  balanceTransaction: BalanceTransaction | null;
  amountRefunded: number;
  disputed: boolean;
  amountTotal: number;
  currency: string;
  email: string | null;
  reference: string | null;
  metadata: Metadata;
  expiresAt: Date;
  livemode: boolean;
};
export type TransferInput = {
  amount: number;
  currency: string;
  /** The account that receives (acct_…). */
  destination: string;
  /** The charge that pays for it: the transfer need not wait for the funds to be available. */
  sourceTransaction?: string | undefined;
  transferGroup: string;
  metadata?: Metadata | undefined;
};
export type Transfer = {
  id: string;
  amount: number;
  amountReversed: number;
  currency: string;
  destination: string;
  sourceTransaction: string | null;
  transferGroup: string | null;
  metadata: Metadata;
  createdAt: Date;
};
export type Reversal = {
  id: string;
  transferId: string;
  amount: number;
  currency: string;
  metadata: Metadata;
  createdAt: Date;
};
export type RefundStatus = "pending" | "requires_action" | "succeeded" | "failed" | "canceled";
export type Refund = {
  id: string;
  amount: number;
  currency: string;
  status: RefundStatus;
  pendingReason: string | null;
  failureReason: string | null;
  chargeId: string | null;
  paymentIntentId: string | null;
  metadata: Metadata;
  createdAt: Date;
};
export type Dispute = {
  id: string;
  amount: number;
  currency: string;
  /** warning_… is an inquiry: no money has moved. */
  status: string;
  reason: string;
  chargeId: string;
  paymentIntentId: string | null;
  /** When the bank's patience ends. */
  evidenceDueAt: Date | null;
  /** How often an answer was sent to the bank. */
  submissions: number;
  /** Money taken and given back so far: the dispute's fee is the sum of their fees. */
  balanceTransactions: BalanceTransaction[];
  livemode: boolean;
  createdAt: Date;
};
/** An answer to a dispute, each text 20 000 characters at most. */
export type EvidenceInput = {
  disputeId: string;
  customerEmail: string;
  /** As a person reads it. */
  serviceDate: string;
  productDescription: string;
  accessLog: string;
  /** What the buyer was told of refunds before paying. */
  terms: string;
  text: string;
};
export type RecipientInput = {
  email: string;
  displayName?: string | undefined;
  /** Two letters, e.g. "CA". */
  country: string;
  currency?: string | undefined;
  locale: "fr" | "en";
  metadata?: Metadata | undefined;
};
export type AccountState = {
  id: string | null;
  /**
   * none: no account; to_complete: the person has not finished the form; in_review: Stripe is looking; active: may be
   * sent money; restricted: was complete, and Stripe wants something more; closed: nothing more can be sent.
   */
  state: "none" | "to_complete" | "in_review" | "active" | "restricted" | "closed";
  /** What Stripe waits for from the person, in Stripe's words ("identity.individual.address", …). */
  requirements: string[];
  /** Until when it waits for them; null where it does not say. */
  dueAt: Date | null;
  livemode: boolean;
  metadata: Metadata;
};
export type Balance = {
  available: Record<string, number>;
  pending: Record<string, number>;
  livemode: boolean;
};
/** Of the platform's balance to its bank. */
export type BankPayout = {
  id: string;
  amount: number;
  currency: string;
  state: "pending" | "in_transit" | "paid" | "failed" | "canceled";
  /** By Stripe's own schedule, and so made of certain balance transactions. */
  automatic: boolean;
  /** Whether Stripe has said of which; only of automatic ones it ever does. */
  listed: boolean;
  /** What took the money from the balance, and what brought it back. */
  balanceTransactionId: string | null;
  returnTransactionId: string | null;
  failure: string | null;
  createdAt: Date;
  arrivesAt: Date;
};
export type BalanceTransactionFilter = {
  createdFrom?: Date | undefined;
  createdBefore?: Date | undefined;
  payoutId?: string | undefined;
  sourceId?: string | undefined;
  type?: string | undefined;
};
export type WebhookEvent = {
  id: string;
  type: string;
  livemode: boolean;
  /** The connected account that it is about, when it is not ours. */
  account: string | null;
  /** What happened to which object; null when the event names none. */
  objectId: string | null;
  createdAt: Date;
  /** The event as it was sent. A v2 event is thin: it carries no object, only where to fetch it. */
  payload: Record<string, unknown>;
};

export interface StripeGateway extends StripeTaxCalls {
  /** Opens a hosted payment page. */
  openCheckout(input: CheckoutInput, options: Keyed): Promise<{ id: string; url: string; expiresAt: Date }>;
  fetchCheckout(sessionId: string): Promise<Checkout>;
  /** Closes an open page; says what the session has become, for it may have been paid at the same instant. */
  expireCheckout(sessionId: string): Promise<"expired" | "complete">;
  fetchCharge(chargeId: string): Promise<Charge>;
  sendTransfer(input: TransferInput, options: Keyed): Promise<Transfer>;
  fetchTransfer(transferId: string): Promise<Transfer>;
  /** Newest first. */
  findTransfers(search: { transferGroup: string; destination?: string | undefined }): Promise<Transfer[]>;
  reverseTransfer(
    input: { transferId: string; amount: number; metadata?: Metadata | undefined },
    options: Keyed,
  ): Promise<Reversal>;
  findReversals(transferId: string): Promise<Reversal[]>;
  createRefund(
    input: { chargeId: string; amount: number; metadata?: Metadata | undefined },
    options: Keyed,
  ): Promise<Refund>;
  fetchRefund(refundId: string): Promise<Refund>;
  findRefunds(search: { chargeId: string }): Promise<Refund[]>;
  fetchDispute(disputeId: string): Promise<Dispute>;
  findDisputes(search: { chargeId: string }): Promise<Dispute[]>;
  /** Sends the answer to the bank; it cannot be taken back. */
  submitEvidence(input: EvidenceInput, options: Keyed): Promise<Dispute>;
  createRecipientAccount(input: RecipientInput, options: Keyed): Promise<AccountState>;
  /** A page of Stripe's where the person gives what Stripe asks; it opens once and for a few minutes. */
  openOnboarding(accountId: string, urls: { returnUrl: string; refreshUrl: string }): Promise<string>;
  fetchAccountState(accountId: string | null): Promise<AccountState>;
  /** The last deposit of a connected account at its owner's bank that has ended, well or not; null: none yet. */
  fetchLastDeposit(accountId: string): Promise<BankPayout | null>;
  fetchBalance(): Promise<Balance>;
  /** Newest first, all pages. */
  listBalanceTransactions(filter?: BalanceTransactionFilter): Promise<BalanceTransaction[]>;
  /** The same, a page of a hundred at a time: the next is asked for once the last has been dealt with. */
  pagesOfBalanceTransactions(filter?: BalanceTransactionFilter): AsyncIterable<BalanceTransaction[]>;
  fetchPayout(payoutId: string): Promise<BankPayout>;
  /** Throws WebhookRefused. The body must be the bytes that came, not a parsed and rewritten copy. */
  verifyWebhook(
    rawBody: string | Uint8Array,
    signatureHeader: string | null | undefined,
    receivedAt?: Date,
  ): WebhookEvent;
}

function connect(settings: StripeSettings) {
  const base = settings.apiBase ? new URL(settings.apiBase) : null;
  return new Stripe(settings.apiKey, {
    apiVersion: STRIPE_API_VERSION,
    maxNetworkRetries: 0,
    telemetry: false,
    timeout: settings.timeoutMs ?? 20_000,
    ...(settings.fetch && { httpClient: Stripe.createFetchHttpClient(settings.fetch) }),
    ...(base && {
      protocol: base.protocol === "https:" ? ("https" as const) : ("http" as const),
      host: base.hostname,
      port: base.port || (base.protocol === "https:" ? 443 : 80),
    }),
  });
}

export function createStripe(settings: StripeSettings): StripeGateway {
  const stripe = connect(settings);
  const now = settings.now ?? (() => new Date());
  return {
    ...callsOf(stripe),
    ...taxCallsOf(stripe),
    verifyWebhook(rawBody, signatureHeader, receivedAt = now()) {
      const body = typeof rawBody === "string" ? rawBody : Buffer.from(rawBody).toString("utf8");
      const { signature } = stripe.webhooks;
      if (!signature) throw new Error("this build of the stripe package cannot verify signatures");
      const checks = (tolerance: number) =>
        signature.verifyHeader(
          body,
          signatureHeader ?? "",
          settings.webhookSecret,
          tolerance,
          undefined,
          receivedAt.getTime(),
        );
      try {
        checks(WEBHOOK_TOLERANCE_SECONDS);
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
        throw new WebhookRefused(rightlySigned(() => checks(0)) ? "too_old" : "signature", error.message);
      }
      return readEvent(body);
    },
  };
}

/** With a tolerance of 0 the package does not look at the age: what then passes was only too old. */
function rightlySigned(check: () => void) {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}
