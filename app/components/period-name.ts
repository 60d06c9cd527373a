import { lastDay, type Period } from "#domain/transparency/statement-period.ts";
import { date } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { statementWords } from "#i18n/statements.ts";
import { monthName } from "./month-chart.tsx";

/** At noon of Greenwich it is that same day on the street. */
const noon = (day: string) => new Date(`${day}T12:00:00Z`);

/** « mars 2026 », « 2e trimestre 2026 », « Du 1 mars 2026 au 15 mars 2026 ». */
export function periodName(locale: Locale, period: Period): string {
  const { period: words } = statementWords(locale);
  const year = period.from.slice(0, 4);
  if (period.kind === "year") return year;
  if (period.kind === "month") return monthName(locale, period.from.slice(0, 7));
  if (period.kind === "quarter") return words.quarter(Number(period.code.slice(-1)), year);
  return words.days(date(locale, noon(period.from)), date(locale, noon(lastDay(period))));
}
