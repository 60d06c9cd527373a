import { expect, test } from "vitest";
import { dayOf, instantOf } from "./day.ts";

test("midnight in Québec, summer and winter, and on the days when the clocks move", () => {
  expect(instantOf("2026-07-01")?.toISOString()).toBe("2026-07-01T04:00:00.000Z");
  expect(instantOf("2026-01-15T19:30")?.toISOString()).toBe("2026-01-16T00:30:00.000Z");
  expect(instantOf("2026-03-08")?.toISOString()).toBe("2026-03-08T05:00:00.000Z");
  expect(instantOf("2026-03-08T12:00")?.toISOString()).toBe("2026-03-08T16:00:00.000Z");
  expect(instantOf("2026-11-01T12:00")?.toISOString()).toBe("2026-11-01T17:00:00.000Z");
});

test("what is no day is none", () => {
  for (const written of ["", "2026-02-30", "demain", "2026-1-1", "2026-01-01T25:00"])
    expect(instantOf(written)).toBeNull();
});

test("the day of an instant is Québec's", () => {
  expect(dayOf(new Date("2026-07-01T03:59:00Z"))).toBe("2026-06-30");
  expect(dayOf(new Date("2026-07-01T04:00:00Z"), 1)).toBe("2026-07-02");
  expect(dayOf(new Date("2026-12-31T18:00:00Z"), 1)).toBe("2027-01-01");
});
