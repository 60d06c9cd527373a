import type { Amount } from "../money/amount.ts";

/**
 * Who has had what, after `cents` have been shared over `weights`: the quota method of Balinski and Young (money conventions, § 3).
 * Cents are dealt one at a time; the h-th goes, among those who have less than their exact part of h cents, to the smallest
 * (got + 1) / weight, ties to the earlier. So each part is within one cent of exact at every moment, parts never shrink, and
 * a total does not depend on how the cents came: a stage that has shared H and shares x more gives `due(H + x) - due(H)`.
 *
 * `cents` ≥ 0 and whole; weights whole, ≥ 0, not all 0. The cost is the position in the cycle (cents modulo the sum of the
 * reduced weights), and a counter that only grows resumes from where the same weights were last dealt.
 */
export function due(cents: number, weights: readonly number[]): Amount[] {
  if (!Number.isSafeInteger(cents) || cents < 0) throw new RangeError(`not a number of cents: ${cents}`);
  const divisor = weights.reduce(greatestCommonDivisor, 0);
  if (divisor === 0 || weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0)) {
    throw new RangeError(`not weights: ${weights.join(", ")}`);
  }
  const reduced = weights.map((weight) => weight / divisor);
  const cycle = reduced.reduce((all, weight) => all + weight, 0);
  if (!Number.isSafeInteger(cycle)) throw new RangeError("weights too large");
  const inCycle = cents % cycle;
  const cycles = (cents - inCycle) / cycle;
  return deal(inCycle, reduced, cycle).map((got, i) => got + cycles * reduced[i]!);
}

/** What each of `weights` gets of `cents` more, when `before` have been shared already. Sums to `cents`. */
export function share(before: number, cents: number, weights: readonly number[]): Amount[] {
  const had = due(before, weights);
  return due(before + cents, weights).map((has, i) => has - had[i]!);
}

type Dealt = { cents: number; got: number[] };
/** Where each list of weights was last left. Only a saving of work: emptied at will, the results are the same. */
const lastDealt = new Map<string, Dealt>();
const kept = 500;

function deal(cents: number, weights: readonly number[], cycle: number): number[] {
  const key = weights.join();
  const last = lastDealt.get(key);
  const from: Dealt = last && last.cents <= cents ? last : { cents: 0, got: weights.map(() => 0) };
  // Products of two numbers up to the largest weight, the cycle and the cents must stay exact.
  const largest = Math.max(...weights, 1) * (Math.max(cycle, cents) + 1);
  const got = [...from.got];
  const next = Number.isSafeInteger(largest) ? nextInNumbers : nextInBigInts;
  for (let h = from.cents + 1; h <= cents; h += 1) got[next(h, got, weights, cycle)]! += 1;
  lastDealt.delete(key);
  lastDealt.set(key, { cents, got });
  if (lastDealt.size > kept) lastDealt.delete(lastDealt.keys().next().value!);
  return [...got];
}

function nextInNumbers(h: number, got: readonly number[], weights: readonly number[], cycle: number): number {
  let chosen = -1;
  for (let i = 0; i < weights.length; i += 1) {
    const weight = weights[i]!;
    if (weight === 0 || got[i]! * cycle >= weight * h) continue;
    if (chosen < 0 || (got[i]! + 1) * weights[chosen]! < (got[chosen]! + 1) * weight) chosen = i;
  }
  return chosen;
}

function nextInBigInts(h: number, got: readonly number[], weights: readonly number[], cycle: number): number {
  let chosen = -1;
  for (let i = 0; i < weights.length; i += 1) {
    const weight = BigInt(weights[i]!);
    if (weight === 0n || BigInt(got[i]!) * BigInt(cycle) >= weight * BigInt(h)) continue;
    const comesBefore =
      chosen < 0 || BigInt(got[i]! + 1) * BigInt(weights[chosen]!) < BigInt(got[chosen]! + 1) * weight;
    if (comesBefore) chosen = i;
  }
  return chosen;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
