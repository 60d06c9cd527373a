import fc from "fast-check";
import { expect, test } from "vitest";
import { due, share } from "./due.ts";

/** The definition, word for word, in exact integers: slow, and with nothing remembered. */
function byDefinition(cents: number, weights: readonly number[]): number[] {
  const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));
  const divisor = weights.map(BigInt).reduce(gcd, 0n);
  const w = weights.map((weight) => BigInt(weight) / divisor);
  const cycle = w.reduce((all, weight) => all + weight, 0n);
  const got = w.map(() => 0n);
  for (let h = 1n; h <= BigInt(cents) % cycle; h += 1n) {
    let k = -1;
    w.forEach((weight, i) => {
      if (weight === 0n || got[i]! * cycle >= weight * h) return;
      if (k < 0 || (got[i]! + 1n) * w[k]! < (got[k]! + 1n) * weight) k = i;
    });
    got[k]! += 1n;
  }
  return got.map((each, i) => Number(each + (BigInt(cents) / cycle) * w[i]!));
}

const weightLists = fc
  .array(fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: 2000 })), { minLength: 1, maxLength: 12 })
  .filter((weights) => weights.some((weight) => weight > 0));

test("the worked example: 10 %, 2 % and the rest; three equals", () => {
  expect(due(16, [1000, 200, 8800])).toEqual([1, 0, 15]);
  expect(due(66, [1000, 200, 8800])).toEqual([6, 1, 59]);
  expect(due(132, [1000, 200, 8800])).toEqual([13, 2, 117]);
  expect(due(59, [1, 1, 1])).toEqual([20, 20, 19]);
  expect(due(117, [1, 1, 1])).toEqual([39, 39, 39]);
});

test("equal to its definition, also where it resumes from what it dealt before", () => {
  fc.assert(
    fc.property(weightLists, fc.array(fc.nat({ max: 3000 }), { maxLength: 6 }), (weights, instants) => {
      for (const cents of instants) expect(due(cents, weights)).toEqual(byDefinition(cents, weights));
    }),
    { numRuns: 150 },
  );
});

test("at every cent: it adds up, nobody is a cent or more from exact, nobody loses, equals differ by one at most", () => {
  const wrong = (cents: number, weights: number[], before: number[], now: number[]): string | null => {
    const whole = weights.reduce((all, weight) => all + weight, 0);
    if (now.reduce((all, part) => all + part, 0) !== cents) return "does not add up";
    for (let i = 0; i < now.length; i += 1) {
      if (Math.abs(now[i]! * whole - cents * weights[i]!) >= whole) return "a cent or more from exact";
      if (now[i]! < before[i]!) return "somebody lost";
      const equals = now.filter((_, j) => weights[j] === weights[i]);
      if (Math.max(...equals) - Math.min(...equals) > 1) return "equals differ";
    }
    return null;
  };
  fc.assert(
    fc.property(weightLists, (weights) => {
      let before = due(0, weights);
      for (let cents = 1; cents <= 300; cents += 1) {
        const now = due(cents, weights);
        const found = wrong(cents, weights, before, now);
        if (found) throw new Error(`${found} at ${cents} of ${weights.join()}: ${now.join()}`);
        before = now;
      }
    }),
    { numRuns: 60 },
  );
});

test("a total does not depend on how, or in which order, the cents came", () => {
  fc.assert(
    fc.property(weightLists, fc.array(fc.nat({ max: 500 }), { maxLength: 12 }), (weights, sales) => {
      const total = (order: readonly number[]) => {
        let shared = 0;
        const got = weights.map(() => 0);
        for (const cents of order) {
          share(shared, cents, weights).forEach((part, i) => {
            expect(part).toBeGreaterThanOrEqual(0);
            got[i]! += part;
          });
          shared += cents;
        }
        return got;
      };
      expect(total(sales)).toEqual(total([...sales].reverse()));
    }),
    { numRuns: 60 },
  );
});

test("large weights stay exact, and large counters stay quick", () => {
  const weights = [2_147_483_647, 2_147_483_629, 1];
  for (const cents of [1, 2, 3, 5000]) expect(due(cents, weights)).toEqual(byDefinition(cents, weights));
  const started = performance.now();
  // Ten million dollars of one work, sold 15 dollars at a time, shared over 9 999 991 parts (a prime: no shorter cycle).
  let cents = 1_000_000_000;
  for (let sale = 0; sale < 50; sale += 1, cents += 1500)
    share(cents, 1500, [5_000_000, 3_000_000, 1_999_991]);
  expect(performance.now() - started).toBeLessThan(4000);
});

test("what is no weight is refused", () => {
  expect(() => due(1, [0, 0])).toThrow(RangeError);
  expect(() => due(1, [])).toThrow(RangeError);
  expect(() => due(1, [1.5, 1])).toThrow(RangeError);
  expect(() => due(-1, [1])).toThrow(RangeError);
});
