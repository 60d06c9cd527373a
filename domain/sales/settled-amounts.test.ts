import { expect, test } from "vitest";
import { salePostings, settledAmounts } from "./settled-amounts.ts";

const lines = [
  {
    amount: 1000,
    taxes: [
      { code: "tps", amount: 50 },
      { code: "tvq", amount: 100 },
    ],
  },
  { amount: 500, taxes: [] },
];

test("charged in the settlement currency: the amounts are what they are", () => {
  expect(settledAmounts(lines, 1650)).toEqual(lines);
});

test("10.00 eur that brought 14.87 cad", () => {
  expect(settledAmounts([{ amount: 1000, taxes: [] }], 1487)).toEqual([{ amount: 1487, taxes: [] }]);
});

test("lines and taxes are cut together, and nothing is lost", () => {
  const settled = settledAmounts(lines, 2453);
  const postings = salePostings("s", settled);
  expect(postings.reduce((all, posting) => all + posting.amount, 0)).toBe(0);
  expect(postings[0]).toEqual({ account: "stripe", amount: 2453 });
  expect(settled[0]!.taxes.map((tax) => tax.amount)).toEqual([74, 149]);
});
