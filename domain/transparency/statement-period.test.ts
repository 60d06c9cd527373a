import fc from "fast-check";
import { expect, it } from "vitest";
import {
  beside,
  daysBetween,
  lastDay,
  type Period,
  periodOf,
  periodsOfYear,
  yearAt,
} from "./statement-period.ts";

const span = (code: string) => {
  const period = periodOf(code);
  return period && [period.kind, period.from, period.until];
};

it("reads years, quarters, months and any dates", () => {
  expect(span("2026")).toEqual(["year", "2026-01-01", "2027-01-01"]);
  expect(span("2026-T4")).toEqual(["quarter", "2026-10-01", "2027-01-01"]);
  expect(span("2024-02")).toEqual(["month", "2024-02-01", "2024-03-01"]);
  expect(span("2026-03-01_2026-03-15")).toEqual(["days", "2026-03-01", "2026-03-16"]);
  expect(lastDay(periodOf("2024-02")!)).toBe("2024-02-29");
});

it("says no to what is no period", () => {
  for (const code of [
    "",
    "26",
    "1999",
    "2200",
    "2026-T5",
    "2026-13",
    "2026-02-30_2026-03-01",
    "2026-03-15_2026-03-01",
    "2026-03-01_2026-03-02_2026-03-03",
    "2026-03-01",
    "2026'; drop",
  ])
    expect(periodOf(code), code).toBeNull();
  expect(daysBetween("2026-03-01", "hier")).toBeNull();
});

it("joins each period to the ones beside it, and finds each again by its code", () => {
  const any = fc.oneof(
    fc.integer({ min: 2001, max: 2198 }).map((year) => periodOf(String(year))!),
    fc
      .record({ year: fc.integer({ min: 2001, max: 2198 }), n: fc.integer({ min: 1, max: 12 }) })
      .chain(({ year, n }) =>
        fc.constantFrom(
          periodOf(`${year}-${String(n).padStart(2, "0")}`)!,
          periodOf(`${year}-T${Math.ceil(n / 3)}`)!,
          daysBetween(`${year}-${String(n).padStart(2, "0")}-03`, `${year}-12-31`)!,
        ),
      ),
  );
  fc.assert(
    fc.property(any, (period: Period) => {
      expect(periodOf(period.code)).toEqual(period);
      expect(beside(period, 1).from).toBe(period.until);
      expect(beside(period, -1).until).toBe(period.from);
      expect(beside(period, 1).kind).toBe(period.kind);
    }),
  );
  const { year, quarters, months } = periodsOfYear(periodOf("2026-05")!);
  for (const parts of [quarters, months]) {
    expect(parts[0]!.from).toBe(year.from);
    expect(parts.at(-1)!.until).toBe(year.until);
    parts.slice(1).forEach((part, i) => {
      expect(part.from).toBe(parts[i]!.until);
    });
  }
});

it("counts the year by the clock of the street", () => {
  expect(yearAt(new Date("2027-01-01T04:59:00Z")).code).toBe("2026");
  expect(yearAt(new Date("2027-01-01T05:00:00Z")).code).toBe("2027");
});
