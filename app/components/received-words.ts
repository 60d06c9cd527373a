import type { TakenFrom } from "#domain/transparency/receipt-queries.server.ts";
import type { Received } from "#domain/transparency/where-it-went.ts";
import type { Locale } from "#i18n/locale.ts";
import { mailWords } from "#i18n/mails.ts";
import { receiptWords } from "#i18n/receipt.ts";

/** Who received a part of a sale, or gave it back, in the words of the receipt: page, mail and PDF say the same. */
export function receivedWords(locale: Locale, each: Received | TakenFrom): string {
  const { receipt } = mailWords(locale);
  if (each.to === "member") return each.name;
  if (each.to === "pool") return receipt.pool(each.title);
  if (each.to === "fund") return receipt.funds[each.fund](each.coopName);
  if (each.to === "tax") return receipt.taxToState(taxWords(locale, each.code));
  return each.to === "lost" ? receiptWords(locale).lost : receipt.cardFee;
}

/** « TPS », “GST”. */
export const taxWords = (locale: Locale, code: string): string =>
  mailWords(locale).receipt.tax[code] ?? code.toUpperCase();
