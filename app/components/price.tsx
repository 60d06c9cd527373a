import { money } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { shopWords } from "#i18n/shop.ts";

type Asked = { kind: "fixed" | "open"; amount: number; currency: string };

/** What a work costs, in words: « 14,99 $ », « Prix libre, dès 3,00 $ », « Gratuit ». */
export function priceWords(locale: Locale, { kind, amount, currency }: Asked): string {
  const words = shopWords(locale).price;
  if (kind === "fixed") return amount === 0 ? words.free : money(locale, amount, currency);
  return amount === 0 ? words.open : words.openFrom(money(locale, amount, currency));
}
