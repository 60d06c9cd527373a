import { expect, test } from "vitest";
import { checkoutLines, type SoldLine } from "./checkout-lines.ts";

const line = (over: Partial<SoldLine> = {}): SoldLine => ({
  title: "Neige",
  quantity: 1,
  unitPrice: 2000,
  amount: 2000,
  taxes: [
    { code: "tps", percent: "5", amount: 100 },
    { code: "tvq", percent: "9.975", amount: 200 },
  ],
  ...over,
});
const total = (lines: { unitAmount: number; quantity: number }[]) =>
  lines.reduce((all, each) => all + each.unitAmount * each.quantity, 0);

test("each work, then each tax of the whole cart", () => {
  const lines = checkoutLines([line(), line({ title: "Pluie" })]);
  expect(lines.map((each) => [each.name, each.unitAmount])).toEqual([
    ["Neige", 2000],
    ["Pluie", 2000],
    ["TPS", 200],
    ["TVQ", 400],
  ]);
});

test("a line under a coupon is one piece, so that cents are not lost", () => {
  const [only] = checkoutLines([line({ quantity: 3, unitPrice: 700, amount: 1891, taxes: [] })]);
  expect(only).toEqual({ name: "Neige × 3", unitAmount: 1891, quantity: 1 });
});

test("a hundred works leave no line for the taxes: each carries its own", () => {
  const lines = checkoutLines(Array.from({ length: 100 }, () => line()));
  expect(lines).toHaveLength(100);
  expect(total(lines)).toBe(100 * 2300);
});
