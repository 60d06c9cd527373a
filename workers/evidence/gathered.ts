import { settlementCurrency } from "#domain/money/amount.ts";
import type { EvidenceFacts } from "#domain/sales/dispute-queries.server.ts";
import type { EvidenceTexts } from "#domain/sales/keep-evidence.server.ts";
import type { SaleReceipt } from "#domain/sales/queries.server.ts";
import { evidenceWords } from "#i18n/evidence.ts";
import { dateTime, money, percent } from "#i18n/formats.ts";
import { termsAt } from "#i18n/terms.ts";

/** A log of thousands of downloads proves no more than its beginning. */
const mostDownloads = 60;

/**
 * What answers a bank, in the language of the sale: the receipt as the buyer was shown it, each download, and what the checkout
 * said. Only what is recorded is said; what is not is said too.
 */
export function gatheredEvidence(sale: SaleReceipt, facts: EvidenceFacts): EvidenceTexts {
  const { locale } = sale;
  const words = evidenceWords(locale);
  const at = (when: Date) => dateTime(locale, when);
  const amount = (cents: number) => money(locale, cents, sale.currency || settlementCurrency);
  const lines = sale.lines.map((line) => {
    const copies = line.quantity > 1 ? `, ${words.copies(line.quantity)}` : "";
    return `${line.title} (${line.coopName})${copies}  ${amount(line.amount)}`;
  });
  const taxes = sale.taxes.map(
    (tax) =>
      `${words.tax[tax.code] ?? tax.code.toUpperCase()} (${percent(locale, tax.percent)})  ${amount(tax.amount)}`,
  );
  const shown = facts.downloads.slice(0, mostDownloads);
  const terms = termsAt(locale, sale.openedAt);
  return {
    product: [
      ...sale.lines.map(({ kind, title, coopName }) => words.product(kind, title, coopName)),
      words.delivered,
    ].join("\n"),
    receipt: [
      words.receipt(sale.number),
      words.paidOn(at(sale.paidAt ?? sale.openedAt)),
      words.to(sale.email),
      ...lines,
      ...taxes,
      `${words.total}  ${amount(sale.total)}`,
    ].join("\n"),
    accessLog: [
      facts.receiptSentAt ? words.sent(sale.email, at(facts.receiptSentAt)) : words.notSent,
      ...(facts.signedIn ? [words.account] : []),
      words.granted(at(facts.grantedAt)),
      words.log(facts.downloads.length),
      ...shown.map((each) =>
        words.download(at(each.at), each.title, [each.track, each.mediaType].filter(Boolean).join(", ")),
      ),
      ...(facts.downloads.length > shown.length ? [words.more(facts.downloads.length - shown.length)] : []),
      words.noAddress,
    ].join("\n"),
    terms: (terms.length > 0 ? [words.terms(at(sale.openedAt)), ...terms] : [words.noTerms]).join("\n"),
    statement: "",
  };
}
