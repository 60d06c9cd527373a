import fc from "fast-check";
import { expect, test } from "vitest";
import type { RuleSteps } from "../governance/rule.ts";
import { percents } from "../governance/rule-sentences.ts";
import { type Counters, feeParts, type Part, shareLine } from "./allocate.ts";
import { openReplay } from "./replay.ts";
import { type LineGiven, type Slot, slotsOf, takeBack } from "./take-back.ts";

// Random rules, share lists, carts and orders of sale: what must hold at every moment, whatever happens in between.

type Work = { id: string; shares: { memberId: string; parts: number }[] };
type Line = { work: number; amount: number };
type Cart = { lines: Line[]; fee: number };

const rules = fc
  .record({
    borne_by: fc.constantFrom("all" as const, "coop" as const),
    bps: fc.array(fc.oneof(fc.nat({ max: 3000 }), fc.constantFrom(0, 1, 333, 1000)), { maxLength: 3 }),
    order: fc.shuffledSubarray(["operating", "solidarity", "reserve"] as const, {
      minLength: 3,
      maxLength: 3,
    }),
  })
  .map(
    ({ borne_by, bps, order }): RuleSteps => [
      { kind: "fee", borne_by },
      ...bps.map((bp, i) => ({ kind: "percent" as const, bp, to: order[i]! })),
      { kind: "shares" },
    ],
  );
const works = fc
  .array(
    fc
      .array(fc.oneof(fc.constant(1), fc.nat({ max: 100 })), { minLength: 1, maxLength: 6 })
      .filter((parts) => parts.some((part) => part > 0)),
    { minLength: 1, maxLength: 4 },
  )
  .map((lists) =>
    lists.map(
      (parts, w): Work => ({
        id: `w${w}`,
        shares: parts.map((part, m) => ({ memberId: `w${w}m${m}`, parts: part })),
      }),
    ),
  );
const carts = (count: number) =>
  fc.array(
    fc
      .record({
        lines: fc.uniqueArray(
          fc.record({
            work: fc.nat({ max: count - 1 }),
            amount: fc.oneof(fc.constant(99), fc.nat({ max: 4000 })),
          }),
          { minLength: 1, maxLength: 3, selector: ({ work }) => work },
        ),
        fee: fc.nat({ max: 60 }),
      })
      .filter(({ lines }) => lines.every(({ amount }) => amount >= 70)),
    { maxLength: 12 },
  );
const markets = fc
  .tuple(rules, works)
  .chain(([steps, shelf]) => fc.tuple(fc.constant(steps), fc.constant(shelf), carts(shelf.length)));

const nameOf = (part: Part) =>
  "fund" in part.to ? part.to.fund : "memberId" in part.to ? part.to.memberId : "pool";

/** Sells the carts in their order, and looks at every stage of every work after every line. */
function sellAll(steps: RuleSteps, shelf: readonly Work[], sold: readonly Cart[]) {
  const counters = shelf.map((): Counters => ({ 1: 0, 2: 0, 3: 0 }));
  const given = shelf.map(() => new Map<string, number>());
  const bps = percents(steps).map((step) => step.bp);
  for (const cart of sold) {
    const fees = feeParts(
      cart.fee,
      cart.lines.map(({ amount }) => amount),
    );
    cart.lines.forEach(({ work, amount }, i) => {
      const { shares } = shelf[work]!;
      const line = { amount, feePart: fees[i]!, steps, shares, poolDue: 0, counters: counters[work]! };
      const { parts, counters: after } = shareLine(line);
      counters[work] = after;
      expect(parts.reduce((all, part) => all + part.amount, 0)).toBe(amount - fees[i]!);
      const mine = given[work]!;
      for (const part of parts) {
        if (part.stage === "fee") continue;
        if (part.amount < 0) throw new Error("a part shrank");
        const key = `${part.stage} ${nameOf(part)}`;
        mine.set(key, (mine.get(key) ?? 0) + part.amount);
      }
      const toFunds = percents(steps).map((step) => mine.get(`percent ${step.to}`)!);
      withinACent(toFunds, bps, 10_000, after[1]);
      const toMembers = shares.map((share) => mine.get(`shares ${share.memberId}`)!);
      const weights = shares.map((share) => share.parts);
      withinACent(
        toMembers,
        weights,
        weights.reduce((all, each) => all + each, 0),
        after[3],
      );
      if (toMembers.reduce((all, each) => all + each, 0) !== after[3]) throw new Error("a stage lost a cent");
    });
  }
  return given.map((each) => Object.fromEntries(each));
}

/** Each less than a cent from its exact part of what the stage has shared; equals at most one cent apart. */
function withinACent(
  got: readonly number[],
  weights: readonly number[],
  whole: number,
  shared: number,
): void {
  got.forEach((each, i) => {
    if (Math.abs(each * whole - shared * weights[i]!) >= whole)
      throw new Error(`${each} of ${shared} by ${weights[i]!} of ${whole}`);
    got.forEach((other, j) => {
      if (weights[i] === weights[j] && Math.abs(each - other) > 1)
        throw new Error("equals differ by more than a cent");
    });
  });
}

test("at every moment: to the cent in its stage, equals together, nothing shrinks, every line sums", () => {
  fc.assert(
    fc.property(markets, ([steps, shelf, sold]) => {
      sellAll(steps, shelf, sold);
    }),
    { numRuns: 200 },
  );
});

test("totals do not depend on the order of the sales", () => {
  const shuffled = markets.chain(([steps, shelf, sold]) =>
    fc.tuple(
      fc.constant(steps),
      fc.constant(shelf),
      fc.constant(sold),
      fc.shuffledSubarray(sold, { minLength: sold.length, maxLength: sold.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([steps, shelf, sold, otherwise]) => {
      expect(sellAll(steps, shelf, otherwise)).toEqual(sellAll(steps, shelf, sold));
    }),
    { numRuns: 100 },
  );
});

test("a thousand 99-cent sales among others: exact at the end, to the cent at every moment (S05)", () => {
  const steps: RuleSteps = [
    { kind: "fee", borne_by: "all" },
    { kind: "percent", bp: 1000, to: "operating" },
    { kind: "percent", bp: 200, to: "solidarity" },
    { kind: "shares" },
  ];
  const shelf: Work[] = [
    { id: "M2", shares: ["ana", "benoit", "chloe"].map((memberId) => ({ memberId, parts: 1 })) },
    { id: "X", shares: [{ memberId: "dan", parts: 3 }] },
  ];
  const single: Cart = { lines: [{ work: 0, amount: 99 }], fee: 33 };
  const other: Cart = { lines: [{ work: 1, amount: 1234 }], fee: 66 };
  const sold = Array.from({ length: 1000 }, (_, i) => (i % 7 === 0 ? [other, single] : [single])).flat();
  const [m2] = sellAll(steps, shelf, sold);
  // A thousand times 66: 10 %, 2 %, and three equal parts of the rest.
  expect(m2).toEqual({
    "percent operating": 6600,
    "percent solidarity": 1320,
    "shares ana": 19_360,
    "shares benoit": 19_360,
    "shares chloe": 19_360,
  });
});

test("the simulator, playing the same lines, arrives at the very same totals", () => {
  fc.assert(
    fc.property(markets, ([steps, shelf, sold]) => {
      const replay = openReplay({
        steps,
        shareLists: new Map(shelf.map(({ id, shares }) => [id, shares])),
        pools: new Map(),
      });
      let n = 0;
      for (const cart of sold) {
        const fees = feeParts(
          cart.fee,
          cart.lines.map(({ amount }) => amount),
        );
        cart.lines.forEach(({ work, amount }, i) => {
          const { id } = shelf[work]!;
          n += 1;
          const line = { lineId: `${n}`, workId: id, shareListId: id, amount, feePart: fees[i]! };
          replay.split({ ...line, splitAt: new Date(0), touched: n % 2 === 0 });
          // What is taken and given back again leaves no trace.
          replay.takeBack(`${n}`, "refund", Math.floor(amount / 3));
          replay.giveBack(`${n}`, "refund");
        });
      }
      const { got, lines } = replay.result();
      expect(lines).toBe(n);
      const total = sold.reduce(
        (all, cart) => all + cart.lines.reduce((sum, { amount }) => sum + amount, 0) - cart.fee,
        0,
      );
      expect([...got.values()].reduce((all, each) => all + each, 0)).toBe(total);
      const given = sellAll(steps, shelf, sold);
      given.forEach((each) => {
        for (const [key, amount] of Object.entries(each))
          if (key.startsWith("shares ")) expect(got.get(`member:${key.slice(7)}`)).toBe(amount);
      });
    }),
    { numRuns: 60 },
  );
});

test("whatever was shared: taken back in parts or at once, it comes to the same, and to all of it", () => {
  const lineGiven = fc
    .tuple(rules, works, fc.integer({ min: 70, max: 9000 }), fc.nat({ max: 60 }), fc.nat({ max: 900 }))
    .map(([steps, shelf, amount, feePart, tax]): LineGiven => {
      const { shares } = shelf[0]!;
      const counters = { 1: 0, 2: 0, 3: 0 };
      const { parts } = shareLine({ amount, feePart, steps, shares, poolDue: 0, counters });
      return {
        id: "line",
        feePart,
        parts: parts.map((part, i) => ({
          position: i + 1,
          stage: part.stage,
          account: nameOf(part),
          amount: part.amount,
        })),
        taxes: [{ position: 1, code: "tps", amount: tax }],
      };
    });
  const key = (slot: Slot) => `${slot.kind} ${slot.position}`;
  fc.assert(
    fc.property(lineGiven, fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 6 }), (given, asked) => {
      const slots = slotsOf(given);
      const whole = slots.reduce((all, slot) => all + slot.amount, 0);
      let left = slots;
      const back = new Map<string, number>();
      for (const amount of [...asked, whole]) {
        const { taken } = takeBack(amount, left);
        const by = new Map(taken.map((slot) => [key(slot), slot.amount]));
        for (const [at, part] of by) back.set(at, (back.get(at) ?? 0) + part);
        left = left.map((slot) => ({ ...slot, amount: slot.amount - (by.get(key(slot)) ?? 0) }));
        if (left.some((slot) => slot.amount < 0)) throw new Error("more than there was");
      }
      const atOnce = new Map(takeBack(whole, slots).taken.map((slot) => [key(slot), slot.amount]));
      expect(back).toEqual(atOnce);
      expect([...back.values()].reduce((all, each) => all + each, 0)).toBe(whole);
    }),
    { numRuns: 150 },
  );
});
