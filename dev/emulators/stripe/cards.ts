// The test cards, numbered as in Stripe's page "Test card numbers", and what each of them does.

export type CardBehaviour = "accept" | "decline" | "authenticate";
export type Card = {
  number: string;
  brand: "visa" | "mastercard" | "amex";
  country: string;
  behaviour: CardBehaviour;
  declineCode?: string;
  /** What happens to the charge afterwards, by itself. */
  later?: "dispute" | "inquiry" | "refund_pending" | "refund_fails";
};

/** A card of a country other than the platform's costs more. */
export const isForeign = (card: Card, country: string) => card.country !== country;

const visa = (number: string, more: Partial<Card> = {}): Card => ({
  number,
  brand: "visa",
  country: "CA",
  behaviour: "accept",
  ...more,
});

// Stripe's 4242… is a card of the United States; here it stands for the ordinary card of the shop's own country.
export const CARDS: Card[] = [
  visa("4242424242424242"),
  visa("4000001240000000"),
  { ...visa("5555555555554444"), brand: "mastercard" },
  visa("4000002500000003", { country: "FR" }),
  visa("4000000000000002", { behaviour: "decline", declineCode: "generic_decline" }),
  visa("4000000000009995", { behaviour: "decline", declineCode: "insufficient_funds" }),
  visa("4000000000009987", { behaviour: "decline", declineCode: "lost_card" }),
  visa("4000000000000069", { behaviour: "decline", declineCode: "expired_card" }),
  visa("4000002760003184", { behaviour: "authenticate" }),
  visa("4000000000003220", { behaviour: "authenticate" }),
  visa("4000000000000259", { later: "dispute" }),
  visa("4000000000001976", { later: "inquiry" }),
  visa("4000000000007726", { later: "refund_pending" }),
  visa("4000000000005126", { later: "refund_fails" }),
];

/** The four that the payment page offers as buttons. */
export const OFFERED = {
  accepted: "4242424242424242",
  declined: "4000000000000002",
  authenticate: "4000002760003184",
  foreign: "4000002500000003",
} as const;
export type OfferedCard = keyof typeof OFFERED;

/** By name, or by number with or without spaces; undefined when it is no test card. */
export function cardOf(nameOrNumber: string): Card | undefined {
  const number =
    nameOrNumber in OFFERED ? OFFERED[nameOrNumber as OfferedCard] : nameOrNumber.replace(/[\s-]/g, "");
  return CARDS.find((card) => card.number === number);
}
