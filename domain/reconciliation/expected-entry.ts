import type { BalanceTransaction } from "#gateways/stripe.ts";
import type { Entry } from "../ledger/post.server.ts";

/** Stripe's reporting category → the kind of the entry that says the same in the books. A charge also has entry `sale`. */
const kindOf = new Map<string, Entry["kind"]>(
  Object.entries({
    charge: "split",
    refund: "refund",
    refund_failure: "refund_failed",
    transfer: "transfer",
    transfer_reversal: "reversal",
    dispute: "dispute_withdrawn",
    dispute_reversal: "dispute_reinstated",
    payout: "payout",
    payout_reversal: "payout",
    // What Stripe takes by itself: monthly and Connect fees, Radar, exchange; taxes on them; what networks ask.
    fee: "stripe_fee",
    tax: "stripe_fee",
    network_cost: "stripe_fee",
  } as const),
);

/**
 * The entry that should say in the books what this balance transaction says at Stripe: its kind, null where no verb of ours moves
 * money like this (an adjustment), and the object that it names. A payout that comes back is named by the transaction that brings
 * it, for the payout itself has its entry already; so is a fee of Stripe's, for several may be of one object.
 */
export function expectedEntry({
  id,
  category,
  sourceId,
}: Pick<BalanceTransaction, "id" | "category" | "sourceId">): { kind: Entry["kind"] | null; object: string } {
  const kind = kindOf.get(category) ?? null;
  if (kind === "stripe_fee") return { kind, object: id };
  if (kind === null || sourceId === null) return { kind: null, object: id };
  return { kind, object: category === "payout_reversal" ? id : sourceId };
}

/** The kinds of entries that a movement at Stripe must answer to. `sale` answers to the charge, as `split` does. */
export const kindsAtStripe = [...new Set(["sale", ...kindOf.values()])];
