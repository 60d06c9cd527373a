/** What a key may be given. Each is one thing that a program does; none includes another. */
export const scopes = [
  "catalogue:read",
  "catalogue:write",
  "sales:read",
  "statements:read",
  "payouts:read",
] as const;
export type Scope = (typeof scopes)[number];

/** What an endpoint may be told of. */
export const events = [
  "sale.paid",
  "sale.refunded",
  "work.published",
  "work.withdrawn",
  "payout.sent",
  "dispute.opened",
] as const;
export type EventName = (typeof events)[number];
