import { settlementCurrency } from "#domain/money/amount.ts";
import { money } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";

/** An amount of the books with its sign: « 6,28 $ », « − 6,28 $ ». A dash where nothing moved. */
export const signedMoney = (locale: Locale, amount: number): string =>
  amount < 0
    ? `−\u00a0${money(locale, -amount, settlementCurrency)}`
    : money(locale, amount, settlementCurrency);
