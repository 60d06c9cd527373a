import type { RefundOfPurchase } from "#domain/sales/refund-queries.server.ts";
import { date, money } from "#i18n/formats.ts";
import { libraryWords } from "#i18n/library.ts";
import type { Locale } from "#i18n/locale.ts";

/** What the buyer was given back, of which works, and whose files are no longer theirs. */
export function Refunded({
  refunds,
  currency,
  locale,
}: {
  refunds: RefundOfPurchase[];
  currency: string;
  locale: Locale;
}) {
  const { refunded: words } = libraryWords(locale).purchase;
  const cash = (amount: number) => money(locale, amount, currency);
  return (
    <section aria-labelledby="refunded" className="stack">
      <h2 id="refunded">{words.title}</h2>
      <ul className="plain-list stack">
        {refunds.map((refund) => (
          <li
            key={refund.id}
            className={`notice ${{ succeeded: "good", pending: "", failed: "warn" }[refund.state]}`}
          >
            <p>
              <strong>{words[refund.state](cash(refund.amount), date(locale, refund.at))}</strong>
            </p>
            {refund.state !== "failed" && (
              <ul className="plain-list small">
                {refund.lines.map((line) => (
                  <li key={line.title}>
                    {line.ended
                      ? words.ended(line.title, cash(line.amount))
                      : words.kept(line.title, cash(line.amount))}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
