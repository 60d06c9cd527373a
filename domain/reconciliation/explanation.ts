/** Where the money of a difference may be moved to: the funds of the co-op that owns the platform, its bank, its losses, its costs. */
export const explanations = [
  "operating",
  "solidarity",
  "reserve",
  "bank",
  "refund_fees",
  "dispute_fees",
  "dispute_losses",
  "stripe_fees",
] as const;
export type Explanation = (typeof explanations)[number];
