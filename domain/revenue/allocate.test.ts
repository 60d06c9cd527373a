import fc from "fast-check";
import { expect, test } from "vitest";
import type { RuleSteps } from "../governance/rule.ts";
import { type Counters, feeParts, type LineToShare, type Part, shareLine } from "./allocate.ts";
import { due } from "./due.ts";

const R1: RuleSteps = [
  { kind: "fee", borne_by: "all" },
  { kind: "percent", bp: 1000, to: "operating" },
  { kind: "percent", bp: 200, to: "solidarity" },
  { kind: "shares" },
];
const three = [
  { memberId: "ana", parts: 50 },
  { memberId: "benoit", parts: 30 },
  { memberId: "chloe", parts: 20 },
];
const fresh = (): Counters => ({ 1: 0, 2: 0, 3: 0 });
const line = (over: Partial<LineToShare>): LineToShare => ({
  amount: 1500,
  feePart: 74,
  steps: R1,
  shares: three,
  poolDue: 0,
  counters: fresh(),
  ...over,
});
const named = (parts: readonly Part[]) =>
  Object.fromEntries(
    parts.map((part) => [
      part.stage === "fee"
        ? "fee"
        : "fund" in part.to
          ? part.to.fund
          : "memberId" in part.to
            ? part.to.memberId
            : "pool",
      part.amount,
    ]),
  );

test("three contributors at 15.00", () => {
  expect(named(shareLine(line({})).parts)).toEqual({
    operating: 143,
    solidarity: 28,
    ana: 628,
    benoit: 376,
    chloe: 251,
  });
});

test("the co-op bears the fee: the base is the whole line", () => {
  const steps: RuleSteps = [{ kind: "fee", borne_by: "coop" }, ...R1.slice(1)];
  expect(named(shareLine(line({ steps })).parts)).toEqual({
    operating: 150,
    solidarity: 30,
    ana: 660,
    benoit: 396,
    chloe: 264,
    fee: -74,
  });
});

test("the pool takes its half until it has its due, then nothing", () => {
  const steps: RuleSteps = [...R1.slice(0, 3), { kind: "recoup", bp: 5000 }, { kind: "shares" }];
  let counters = fresh();
  let poolDue = 1000;
  const pool: (number | undefined)[] = [];
  for (let sale = 0; sale < 3; sale += 1) {
    const shared = shareLine(line({ steps, poolDue, counters }));
    counters = shared.counters;
    pool.push(named(shared.parts).pool);
    poolDue -= named(shared.parts).pool ?? 0;
  }
  expect(pool).toEqual([628, 372, undefined]);
  // The second stage grows by all that reached it, also where the pool took less than its part; it sleeps once the pool is paid.
  expect(counters[2]).toBe(1255 + 1255);
});

test("a fee greater than the line is the co-op's", () => {
  const shared = shareLine(line({ amount: 20, feePart: 31 }));
  expect(named(shared.parts)).toMatchObject({ operating: 0, ana: 0, fee: -11 });
});

test("the fee over lines of which one is free", () => {
  expect(feeParts(53, [0, 800])).toEqual([0, 53]);
});

test("whatever the rule and the sales: nothing lost or made, and each stage has given what is due", () => {
  const bps = fc.tuple(fc.nat({ max: 4000 }), fc.nat({ max: 4000 }), fc.nat({ max: 10_000 }));
  const sales = fc.array(
    fc.record({ amount: fc.integer({ min: 50, max: 5000 }), fee: fc.nat({ max: 40 }) }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(
      bps,
      fc.boolean(),
      fc.nat({ max: 3000 }),
      sales,
      ([a, b, recoup], coopBears, expenses, sold) => {
        const steps: RuleSteps = [
          { kind: "fee", borne_by: coopBears ? "coop" : "all" },
          { kind: "percent", bp: a, to: "operating" },
          { kind: "percent", bp: b, to: "solidarity" },
          { kind: "recoup", bp: recoup },
          { kind: "shares" },
        ];
        let counters = fresh();
        let pool = 0;
        const given: Record<string, number> = { operating: 0, solidarity: 0, ana: 0, benoit: 0, chloe: 0 };
        for (const sale of sold) {
          const shared = shareLine(
            line({ steps, amount: sale.amount, feePart: sale.fee, poolDue: expenses - pool, counters }),
          );
          counters = shared.counters;
          const parts = named(shared.parts);
          expect(shared.parts.reduce((all, part) => all + part.amount, 0)).toBe(sale.amount - sale.fee);
          for (const name in given) given[name]! += parts[name]!;
          pool += parts.pool ?? 0;
        }
        expect(pool).toBeLessThanOrEqual(expenses);
        expect([given.operating, given.solidarity]).toEqual(
          due(counters[1], [a, b, 10_000 - a - b]).slice(0, 2),
        );
        expect([given.ana, given.benoit, given.chloe]).toEqual(due(counters[3], [50, 30, 20]));
      },
    ),
    { numRuns: 100 },
  );
});
