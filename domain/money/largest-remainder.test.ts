import fc from "fast-check";
import { expect, test } from "vitest";
import { largestRemainder } from "./largest-remainder.ts";

test("the fee of a cart of two lines, and a coupon shared over them", () => {
  expect(largestRemainder(108, [1500, 1200])).toEqual([60, 48]);
  expect(largestRemainder(271, [1500, 1210])).toEqual([150, 121]);
});

test("ties go to the earlier position; weights that are all 0 get 0", () => {
  expect(largestRemainder(2, [1, 1, 1])).toEqual([1, 1, 0]);
  expect(largestRemainder(5, [0, 0])).toEqual([0, 0]);
  expect(largestRemainder(5, [])).toEqual([]);
});

test("any cut is whole, within a cent of exact, and gives nothing to a weight of 0", () => {
  const weights = fc.array(fc.nat({ max: 99_999_999 }), { minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(fc.nat({ max: 99_999_999 }), weights, (total, each) => {
      const parts = largestRemainder(total, each);
      const whole = each.reduce((all, weight) => all + weight, 0);
      expect(parts.reduce((all, part) => all + part, 0)).toBe(whole === 0 ? 0 : total);
      parts.forEach((part, i) => {
        if (each[i] === 0) expect(part).toBe(0);
        else
          expect(
            Math.abs(Number(BigInt(part) * BigInt(whole) - BigInt(total) * BigInt(each[i]!))),
          ).toBeLessThan(whole);
      });
    }),
  );
});

test("what is no amount or no weight is refused", () => {
  expect(() => largestRemainder(-1, [1])).toThrow(RangeError);
  expect(() => largestRemainder(1.5, [1])).toThrow(RangeError);
  expect(() => largestRemainder(1, [-1])).toThrow(RangeError);
});
