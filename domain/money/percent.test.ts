import { expect, test } from "vitest";
import { basisPointsHalfUp, percentHalfUp } from "./percent.ts";

test("Québec's taxes: half a cent goes upward", () => {
  expect(percentHalfUp(2000, "5")).toBe(100);
  expect(percentHalfUp(2000, "9.975")).toBe(200);
  expect(percentHalfUp(2000, "9.9750")).toBe(200);
  expect(percentHalfUp(1000, "9.975")).toBe(100);
  expect(percentHalfUp(200, "9.975")).toBe(20);
  expect(percentHalfUp(0, "9.975")).toBe(0);
});

test("a rate that binary fractions cannot hold: 1.005 % of 10000 is 100.5", () => {
  expect(percentHalfUp(10_000, "1.005")).toBe(101);
  expect(percentHalfUp(99_999_999, "99.9999")).toBe(99_999_899);
});

test("a coupon in basis points", () => {
  expect(basisPointsHalfUp(2710, 1000)).toBe(271);
  expect(basisPointsHalfUp(5, 1000)).toBe(1);
});

test("what is no percentage is refused, not read as something else", () => {
  for (const written of ["5%", "-1", "1e2", "9,975", ""])
    expect(() => percentHalfUp(100, written)).toThrow(RangeError);
});
