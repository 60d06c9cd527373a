import fc from "fast-check";
import { expect, test } from "vitest";
import { type LineGiven, type Slot, slotsOf, takeBack } from "./take-back.ts";

const book: LineGiven = {
  id: "line",
  feePart: 74,
  parts: [
    { position: 1, stage: "percent", account: "operating", amount: 143 },
    { position: 2, stage: "percent", account: "solidarity", amount: 28 },
    { position: 3, stage: "shares", account: "ana", amount: 628 },
    { position: 4, stage: "shares", account: "benoit", amount: 376 },
    { position: 5, stage: "shares", account: "chloe", amount: 251 },
  ],
  taxes: [],
};

test("a third of a book: every place gives its third, the card fee too", () => {
  const { taken, beyond } = takeBack(500, slotsOf(book));
  expect(taken.map((slot) => slot.amount)).toEqual([48, 9, 209, 125, 84, 25]);
  expect(beyond).toBe(0);
});

test("a fund that bore the fee gives its part back, and keeps the fee: the buyer gets the whole line", () => {
  const borne = {
    ...book,
    parts: [...book.parts, { position: 6, stage: "fee", account: "operating", amount: -74 }],
  };
  const whole = {
    ...borne,
    parts: borne.parts.map((part) => (part.position === 1 ? { ...part, amount: 217 } : part)),
  };
  const slots = slotsOf(whole);
  expect(slots.find((slot) => slot.kind === "fee")?.amount).toBe(0);
  expect(takeBack(1500, slots).taken.map((slot) => slot.amount)).toEqual([217, 28, 628, 376, 251]);
});

test("what nothing remained for is told apart", () => {
  expect(takeBack(1600, slotsOf(book)).beyond).toBe(100);
  expect(takeBack(5, [])).toEqual({ taken: [], beyond: 5 });
});

const places = fc
  .array(fc.nat({ max: 100_000 }), { minLength: 1, maxLength: 30 })
  .map((amounts) =>
    amounts.map(
      (amount, position): Slot => ({ saleLineId: "l", kind: "part", position, account: "a", amount }),
    ),
  );
const total = (slots: readonly Slot[]) => slots.reduce((all, slot) => all + slot.amount, 0);
const less = (slots: readonly Slot[], taken: readonly Slot[]) =>
  slots.map((slot) => ({
    ...slot,
    amount: slot.amount - (taken.find((each) => each.position === slot.position)?.amount ?? 0),
  }));

test("however often something is taken, nothing falls below 0, and in the end everything came back exactly", () => {
  fc.assert(
    fc.property(
      places,
      fc.array(fc.integer({ min: 1, max: 50_000 }), { maxLength: 10 }),
      (slots, amounts) => {
        let left = slots;
        for (const amount of amounts) {
          const { taken, beyond } = takeBack(amount, left);
          expect(total(taken) + beyond).toBe(amount);
          const after = less(left, taken);
          expect(after.every((slot) => slot.amount >= 0)).toBe(true);
          left = after;
        }
        const rest = takeBack(total(left), left);
        expect(less(left, rest.taken).every((slot) => slot.amount === 0)).toBe(true);
        expect(rest.beyond).toBe(0);
      },
    ),
  );
});

test("each place gives within a cent of its exact part", () => {
  fc.assert(
    fc.property(places, fc.integer({ min: 1, max: 3_000_000 }), (slots, asked) => {
      const whole = total(slots);
      const amount = Math.min(asked, whole);
      const { taken } = takeBack(amount, slots);
      for (const slot of slots) {
        const got = taken.find((each) => each.position === slot.position)?.amount ?? 0;
        if (whole > 0) expect(Math.abs(got * whole - amount * slot.amount)).toBeLessThan(whole);
      }
    }),
  );
});
