import type { Amount } from "./amount.ts";

/**
 * `amount` (≥ 0) times a percentage written as a decimal ("9.975", as a tax is published or a numeric column is read), to the
 * nearest cent, halves upward.
 */
export function percentHalfUp(amount: Amount, percent: string): Amount {
  const written = /^(\d+)(?:\.(\d+))?$/.exec(percent);
  if (!written) throw new RangeError(`not a percentage: "${percent}"`);
  const [, whole = "", decimals = ""] = written;
  return halfUp(amount, BigInt(whole + decimals), 100n * 10n ** BigInt(decimals.length));
}

/** `amount` (≥ 0) times basis points (10000 = 100 %), to the nearest cent, halves upward. */
export function basisPointsHalfUp(amount: Amount, bp: number): Amount {
  return halfUp(amount, BigInt(bp), 10_000n);
}

function halfUp(amount: Amount, numerator: bigint, denominator: bigint): Amount {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`not an amount: ${amount}`);
  return Number((2n * BigInt(amount) * numerator + denominator) / (2n * denominator));
}
