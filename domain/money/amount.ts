/**
 * An amount is a whole number of minor units (cents) of one currency. Never a float: sums of `number` are exact below 2^53, and
 * every product that may leave that range is made with BigInt (`largest-remainder.ts`, `percent.ts`).
 */
export type Amount = number;

/** The books are kept in one currency, the one in which Stripe settles the platform's charges. */
export const settlementCurrency = "cad";

/** Stripe refuses a charge under this (50 cents, or about as much); a price or a total is 0 or at least this. */
const smallestByCurrency: Record<string, Amount> = {
  gbp: 30,
  hkd: 400,
  mxn: 1000,
  sek: 300,
  nok: 300,
  dkk: 250,
};
export function smallestCharge(currency: string): Amount {
  return smallestByCurrency[currency] ?? 50;
}

/** Stripe's amounts have eight digits. */
export const largestCharge: Amount = 99_999_999;

/** A Checkout session holds at most this many lines. */
export const mostLines = 100;

export function sum(amounts: Iterable<Amount>): Amount {
  let total = 0;
  for (const amount of amounts) total += amount;
  if (!Number.isSafeInteger(total)) throw new RangeError("a sum of money left the range of exact integers");
  return total;
}
