import type { Locale } from "./locale.ts";

const tag = { fr: "fr-CA", en: "en-CA" } as const;
const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.DisplayNames | Intl.ListFormat>();

/** Making an Intl object costs 100 times using one: each is made once. */
function once<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.DisplayNames | Intl.ListFormat>(
  key: string,
  make: () => T,
): T {
  const known = made.get(key);
  if (known) return known as T;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}

/** Stripe counts these otherwise than the rest of the world. */
const digitsAtStripe: Record<string, number> = { mga: 0, isk: 2, ugx: 2 };

/** How many digits of an amount in this currency come after the point: 2, or 0 where there are no cents, as in yen. */
export function minorDigits(currency: string): number {
  const known = digitsAtStripe[currency.toLowerCase()];
  if (known !== undefined) return known;
  const format = once(
    `digits ${currency}`,
    () => new Intl.NumberFormat("en", { style: "currency", currency: currency.toUpperCase() }),
  );
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** Minor units → « 12,50 $ », “$12.50”. Knows currencies without cents. */
export function money(locale: Locale, amount: number, currency: string): string {
  const format = once(
    `money ${locale} ${currency}`,
    () =>
      new Intl.NumberFormat(tag[locale], {
        style: "currency",
        currency: currency.toUpperCase(),
        currencyDisplay: "narrowSymbol",
      }),
  );
  return format.format(amount / 10 ** minorDigits(currency));
}

/** An amount as one types it in a form: minor units → “12.50” or « 12,50 », “1500” of yen. */
export function plainMoney(locale: Locale, amount: number, currency = "cad"): string {
  const digits = minorDigits(currency);
  return once(
    `plain ${locale} ${digits}`,
    () =>
      new Intl.NumberFormat(tag[locale], {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        useGrouping: false,
      }),
  ).format(amount / 10 ** digits);
}

export const number = (locale: Locale, value: number): string =>
  once(`number ${locale}`, () => new Intl.NumberFormat(tag[locale])).format(value);

/** “9.975” → « 9,975 % ». */
export const percent = (locale: Locale, value: number | string): string =>
  once(
    `percent ${locale}`,
    () => new Intl.NumberFormat(tag[locale], { style: "percent", maximumFractionDigits: 4 }),
  ).format(Number(value) / 100);

/** « 22 novembre 2026 » */
export const date = (locale: Locale, at: Date): string =>
  once(
    `date ${locale}`,
    () => new Intl.DateTimeFormat(tag[locale], { dateStyle: "long", timeZone: "America/Montreal" }),
  ).format(at);

/** « 22 nov. 2026, 14 h 05 » */
export const dateTime = (locale: Locale, at: Date): string =>
  once(
    `date time ${locale}`,
    () =>
      new Intl.DateTimeFormat(tag[locale], {
        dateStyle: "medium",
        timeStyle: "short",
        timeZone: "America/Montreal",
      }),
  ).format(at);

/** Milliseconds → « 3:07 », « 1:02:09 ». */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Bytes → « 4,2 Mo », “4.2 MB”. */
export function bytes(locale: Locale, size: number): string {
  const units = locale === "fr" ? ["o", "ko", "Mo", "Go"] : ["B", "kB", "MB", "GB"];
  const power = Math.min(3, Math.floor(Math.log10(Math.max(1, size)) / 3));
  const value = once(
    `bytes ${locale}`,
    () => new Intl.NumberFormat(tag[locale], { maximumFractionDigits: 1 }),
  ).format(size / 1000 ** power);
  return `${value}\u00a0${units[power]}`;
}

/** “fr” → « français », “French”. */
export function language(locale: Locale, code: string): string {
  try {
    return (
      once(`language ${locale}`, () => new Intl.DisplayNames(tag[locale], { type: "language" })).of(code) ??
      code
    );
  } catch {
    return code;
  }
}

/** “CA” → « Canada ». */
export function country(locale: Locale, code: string): string {
  try {
    return (
      once(`country ${locale}`, () => new Intl.DisplayNames(tag[locale], { type: "region" })).of(code) ?? code
    );
  } catch {
    return code;
  }
}

export const list = (locale: Locale, items: string[]): string =>
  once(`list ${locale}`, () => new Intl.ListFormat(tag[locale], { type: "conjunction" })).format(items);
