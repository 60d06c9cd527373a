/** Days, months and years are those of the co-op's street. One zone for the house, until a co-op elsewhere asks for its own. */
export const streetZone = "America/Montreal";

/** From the first instant of a day to the first instant of another, both in the zone of the street: adjacent periods join. */
export type Period = {
  /** As addresses carry it: `2026`, `2026-T2`, `2026-03`, `2026-03-01_2026-03-15`. */
  code: string;
  kind: "year" | "quarter" | "month" | "days";
  /** YYYY-MM-DD, the first day. */
  from: string;
  /** YYYY-MM-DD, the day after the last. */
  until: string;
};

const first = 2000;
const last = 2199;
const two = (n: number) => String(n).padStart(2, "0");

/** The day so many days after another; both as YYYY-MM-DD. */
function dayAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

const isDay = (text: string): boolean => {
  const year = Number(text.slice(0, 4));
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    year >= first &&
    year <= last &&
    !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
    dayAfter(text, 0) === text
  );
};

/** So many months from the first of a month, which may lie before January or after December. */
function months(year: number, month: number, count: number): { from: string; until: string } {
  const day = (at: number) =>
    `${year + Math.floor((at - 1) / 12)}-${two(((((at - 1) % 12) + 12) % 12) + 1)}-01`;
  return { from: day(month), until: day(month + count) };
}

const ofYear = (year: number): Period => ({ code: String(year), kind: "year", ...months(year, 1, 12) });
const ofQuarter = (year: number, quarter: number): Period => {
  const span = months(year, 3 * quarter - 2, 3);
  const [y, m] = span.from.split("-").map(Number);
  return { code: `${y}-T${(m! + 2) / 3}`, kind: "quarter", ...span };
};
const ofMonth = (year: number, month: number): Period => {
  const span = months(year, month, 1);
  return { code: span.from.slice(0, 7), kind: "month", ...span };
};

/** From one day to another, both counted; null where they are no days, or the last comes before the first. */
export function daysBetween(from: string, to: string): Period | null {
  if (!isDay(from) || !isDay(to) || to < from) return null;
  return { code: `${from}_${to}`, kind: "days", from, until: dayAfter(to, 1) };
}

/** What a code says; null where it says no period. */
export function periodOf(code: string): Period | null {
  const [, year, quarter, month] = /^(\d{4})(?:-T([1-4])|-(0[1-9]|1[0-2]))?$/.exec(code) ?? [];
  if (year) {
    if (Number(year) < first || Number(year) > last) return null;
    if (quarter) return ofQuarter(Number(year), Number(quarter));
    return month ? ofMonth(Number(year), Number(month)) : ofYear(Number(year));
  }
  const [from = "", to = "", more] = code.split("_");
  return more === undefined ? daysBetween(from, to) : null;
}

/** The last day that counts, YYYY-MM-DD. */
export const lastDay = (period: Period): string => dayAfter(period.until, -1);

/** The one just before, or just after, of the same kind; of any dates, as many days. */
export function beside(period: Period, step: -1 | 1): Period {
  const [year, month] = period.from.split("-").map(Number) as [number, number];
  if (period.kind === "year") return ofYear(year + step);
  if (period.kind === "quarter") return ofQuarter(year, Math.ceil(month / 3) + step);
  if (period.kind === "month") return ofMonth(year, month + step);
  const length =
    (Date.parse(`${period.until}T00:00:00Z`) - Date.parse(`${period.from}T00:00:00Z`)) / 86_400_000;
  const from = dayAfter(period.from, step * length);
  const to = dayAfter(lastDay(period), step * length);
  return { code: `${from}_${to}`, kind: "days", from, until: dayAfter(to, 1) };
}

/** The quarters and months of the year in which a period begins, for the links from one to another. */
export function periodsOfYear(period: Period): { year: Period; quarters: Period[]; months: Period[] } {
  const year = Number(period.from.slice(0, 4));
  return {
    year: ofYear(year),
    quarters: [1, 2, 3, 4].map((quarter) => ofQuarter(year, quarter)),
    months: Array.from({ length: 12 }, (_, i) => ofMonth(year, i + 1)),
  };
}

/** The year in which an instant falls, on the street. */
export const yearAt = (now: Date): Period =>
  ofYear(Number(new Intl.DateTimeFormat("en-CA", { year: "numeric", timeZone: streetZone }).format(now)));
