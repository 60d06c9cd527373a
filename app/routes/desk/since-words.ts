import { deskWords } from "#i18n/desk.ts";
import type { Locale } from "#i18n/locale.ts";

/** « Attend depuis 3 heures »: a curator counts in hours and days, not in dates. */
export function sinceWords(locale: Locale, from: Date, now: Date): string {
  const { since, waiting } = deskWords(locale);
  const minutes = Math.floor((now.getTime() - from.getTime()) / 60_000);
  if (minutes < 60) return waiting(since.minutes(minutes));
  if (minutes < 24 * 60) return waiting(since.hours(Math.floor(minutes / 60)));
  return waiting(since.days(Math.floor(minutes / 1440)));
}
