import type { Amount } from "./amount.ts";

/**
 * Cuts `total` (≥ 0) over `weights` (≥ 0): each gets the floor of its exact part, and the cents left over go one by one to the
 * largest remainders, ties to the earlier position. Weights that are all 0 get 0. Money conventions, § 1 (`lr`).
 */
export function largestRemainder(total: Amount, weights: readonly number[]): Amount[] {
  if (!Number.isSafeInteger(total) || total < 0) throw new RangeError(`not an amount to cut: ${total}`);
  for (const weight of weights) {
    if (!Number.isSafeInteger(weight) || weight < 0) throw new RangeError(`not a weight: ${weight}`);
  }
  const whole = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  if (whole === 0n) return weights.map(() => 0);
  const cuts = weights.map((weight, position) => {
    const exact = BigInt(total) * BigInt(weight);
    return { position, part: Number(exact / whole), remainder: exact % whole };
  });
  let left = total - cuts.reduce((all, cut) => all + cut.part, 0);
  const byRemainder = [...cuts].sort((a, b) =>
    a.remainder === b.remainder ? a.position - b.position : a.remainder > b.remainder ? -1 : 1,
  );
  for (const cut of byRemainder) {
    if (left === 0) break;
    cut.part += 1;
    left -= 1;
  }
  return cuts.map((cut) => cut.part);
}
