import type { Amount } from "../money/amount.ts";

/**
 * Who has had what, after `cents` have been shared over `weights`: the quota method of Balinski and Young (money conventions, § 3).
 * Cents are dealt one at a time; the h-th goes, among those who have less than their exact part of h cents, to the smallest
 * (got + 1) / weight, ties to the earlier. So each part is within one cent of exact at every moment, parts never shrink, and
 * a total does not depend on how the cents came: a stage that has shared H and shares x more gives `due(H + x) - due(H)`.
 *
 * `cents` ≥ 0 and whole; weights whole, ≥ 0, not all 0. The cost is the position in the cycle (cents modulo the sum of the
 * reduced weights), once: what was dealt is kept for a while, and looked up.
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

/**
 * How far a list of weights was dealt, and by whom each cent was won. `marks`: what each had got at every `stride`-th cent, so that any
 * instant before is found again in a step or two; none of both where a cycle is too long to keep.
 */
type Dealt = { cents: number; got: number[]; winners: Uint16Array | null; marks: number[][]; stride: number };
/** Only a saving of work: emptied at will, the results are the same. Many works share by the same weights, each at its own instant. */
const dealtBefore = new Map<string, Dealt>();
const kept = 200;
const longestKept = 16_384;

function deal(cents: number, weights: readonly number[], cycle: number): number[] {
  const key = weights.join();
  const found = dealtBefore.get(key);
  const dealt = found && (found.winners !== null || found.cents <= cents) ? found : newDeal(weights, cycle);
  dealtBefore.delete(key);
  dealtBefore.set(key, dealt);
  if (dealtBefore.size > kept) dealtBefore.delete(dealtBefore.keys().next().value!);
  dealOn(dealt, cents, weights, cycle);
  if (dealt.winners === null || cents === dealt.cents) return [...dealt.got];
  const mark = Math.floor(cents / dealt.stride);
  const got = [...dealt.marks[mark]!];
  for (let h = mark * dealt.stride; h < cents; h += 1) got[dealt.winners[h]!]! += 1;
  return got;
}

function newDeal(weights: readonly number[], cycle: number): Dealt {
  const winners = cycle <= longestKept && weights.length <= 65_535 ? new Uint16Array(cycle) : null;
  return { cents: 0, got: weights.map(() => 0), winners, marks: [], stride: Math.max(64, weights.length) };
}

/** Deals the cents from where it was left up to `cents`, one at a time. */
function dealOn(dealt: Dealt, cents: number, weights: readonly number[], cycle: number): void {
  // Products of two numbers up to the largest weight, the cycle and the cents must stay exact.
  const largest = Math.max(...weights, 1) * (Math.max(cycle, cents) + 1);
  const next = Number.isSafeInteger(largest) ? nextInNumbers : nextInBigInts;
  const { got, winners, marks, stride } = dealt;
  if (winners !== null && marks.length === 0) marks.push([...got]);
  for (let h = dealt.cents + 1; h <= cents; h += 1) {
    const winner = next(h, got, weights, cycle);
    got[winner]! += 1;
    if (winners === null) continue;
    winners[h - 1] = winner;
    if (h % stride === 0) marks.push([...got]);
  }
  dealt.cents = Math.max(dealt.cents, cents);
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
