/** A co-op's funds, in the order in which they are shown. */
export const funds = ["operating", "solidarity", "reserve"] as const;
export type Fund = (typeof funds)[number];

/** `member:<id>`, or `coop:<id>` for all the funds of a co-op that has a payout account of its own. */
export type Destination = `member:${string}` | `coop:${string}`;

/**
 * The names of the accounts, in one place (money conventions, § 1; ids are ours, so `coopB:operating` is written
 * `coop:<id>:operating`). A credit balance of a member or a fund is what is owed to them.
 */
export const accounts = {
  stripe: "stripe",
  bank: "bank",
  clearing: (saleId: string) => `clearing/${saleId}`,
  fund: (coopId: string, fund: Fund) => `coop:${coopId}:${fund}`,
  member: (memberId: string) => `member:${memberId}`,
  /** Owed to a member who cannot be found, and set aside for the State; still the member's. */
  unclaimed: (memberId: string) => `unclaimed:${memberId}`,
  pool: (workId: string) => `pool:${workId}`,
  tax: (code: string) => `tax:${code}`,
  /** What the co-op side, never a member, loses when money goes back. */
  loss: (of: "refund_fees" | "dispute_fees" | "dispute_losses") => `loss:${of}`,
  /** What the house itself costs, whatever was sold: Stripe's fees of its own, and the taxes on them. */
  cost: (of: "stripe_fees" | "stripe_fee_taxes") => `cost:${of}`,
  /** A disputed amount, until its bank has decided; by Stripe's id of the dispute. */
  suspense: (id: string) => `suspense/${id}`,
} as const;

/** Who may be sent what this account owes; null for an account that belongs to nobody. */
export function destinationOf(account: string): Destination | null {
  const named = /^(member:[^:]+|coop:[^:]+):?/.exec(account);
  return (named?.[1] as Destination | undefined) ?? null;
}

export const memberDestination = (memberId: string): Destination => `member:${memberId}`;
export const coopDestination = (coopId: string): Destination => `coop:${coopId}`;
