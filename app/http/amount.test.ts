import { expect, test } from "vitest";
import { readAmount } from "./amount.ts";

test.each([
  ["12,50", 1250],
  ["12.5", 1250],
  ["12", 1200],
  ["12 $", 1200],
  ["1 234,56 $", 123456],
  ["1,234.56", 123456],
  ["0", 0],
  ["0,99", 99],
])("%s is %i", (typed, amount) => expect(readAmount(typed)).toBe(amount));

test.each(["", "abc", "-5", "1e3", "12,345,6", "12,555", "99999999", "5,"])("%s is no amount", (typed) =>
  expect(readAmount(typed)).toBeNull(),
);

test.each([
  ["1500", 1500],
  ["1 500 ¥", 1500],
  ["1,500", 1500],
  ["￥50", 50],
])("%s is %i yen", (typed, amount) => expect(readAmount(typed, "jpy")).toBe(amount));

test.each(["15.00", "1500,5", "15,00", ""])("%s is no amount of yen", (typed) =>
  expect(readAmount(typed, "jpy")).toBeNull(),
);
