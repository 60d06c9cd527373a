import { settlementCurrency } from "#domain/money/amount.ts";
import { discountOf } from "#domain/sales/discount-of.ts";
import type { ReceiptLine, SaleReceipt } from "#domain/sales/queries.server.ts";
import { type Received, settledLines, whereItWent } from "#domain/transparency/where-it-went.ts";
import { discountTaken } from "#i18n/discount-taken.ts";
import { date, money, percent } from "#i18n/formats.ts";
import { libraryWords } from "#i18n/library.ts";
import type { Locale } from "#i18n/locale.ts";
import { receiptWords } from "#i18n/receipt.ts";
import { shopWords } from "#i18n/shop.ts";
import { receivedWords } from "./received-words.ts";
import { signedMoney } from "./signed-money.ts";

/** The receipt of a sale: good for accounting, and true to the cent about where each dollar went. */
export function Receipt({
  sale,
  locale,
  pdf,
}: {
  sale: SaleReceipt;
  locale: Locale;
  /** Where the same receipt is to print and keep. */
  pdf?: string;
}) {
  const words = libraryWords(locale).purchase;
  const documentWords = receiptWords(locale);
  const amount = (cents: number) => money(locale, cents, sale.currency);
  const paid = settledLines(sale).filter((line) => line.amount > 0);
  const went = paid.length > 1 ? whereItWent(sale) : null;
  const sellers = [...new Map(sale.lines.map((line) => [line.coopId, line])).values()];
  const discount = discountTaken(locale, discountOf(sale), sale);
  const levied = sale.taxes.filter((tax) => tax.amount > 0);
  return (
    <section aria-labelledby="receipt" className="receipt">
      <div className="row between baseline">
        <h2 id="receipt">{words.receipt}</h2>
        {pdf && (
          <a className="button quiet small" href={pdf}>
            {documentWords.pdf}
          </a>
        )}
      </div>
      <dl className="receipt-facts">
        <div>
          <dt>{words.number}</dt>
          <dd>{sale.number}</dd>
        </div>
        <div>
          <dt>{words.date}</dt>
          <dd>{date(locale, new Date(sale.paidAt ?? sale.openedAt))}</dd>
        </div>
        <div>
          <dt>{words.email}</dt>
          <dd>{sale.email}</dd>
        </div>
      </dl>
      <div className="scroll-x">
        <table>
          <thead>
            <tr>
              <th scope="col">{words.work}</th>
              <th scope="col">{words.coop}</th>
              <th scope="col" className="amount">
                {words.amount}
              </th>
            </tr>
          </thead>
          <tbody>
            {sale.lines.map((line) => (
              <tr key={line.id}>
                <td>
                  {line.title}
                  {line.quantity > 1 && ` × ${line.quantity}`}
                </td>
                <td className="soft">{line.coopName}</td>
                <td className="amount">{line.amount === 0 ? words.free : amount(line.amount)}</td>
              </tr>
            ))}
            {discount && (
              <tr>
                <td colSpan={3} className="soft">
                  {discount}
                </td>
              </tr>
            )}
            {levied.map((tax) => (
              <tr key={tax.code}>
                <td colSpan={2}>{shopWords(locale).cart.tax(tax.code, percent(locale, tax.percent))}</td>
                <td className="amount">{amount(tax.amount)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {words.total}
              </th>
              <td className="amount">{amount(sale.total)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      {levied.length > 0 &&
        sellers.map((line) => (
          <p key={line.coopId} className="small soft">
            {words.taxNumbers(line.coopName)}
            {locale === "fr" ? "\u00a0: " : ": "}
            {Object.entries(line.taxNumbers)
              .map(([code, value]) => `${code.toUpperCase()} ${value}`)
              .join(", ") || "—"}
          </p>
        ))}
      {paid.length > 0 && (
        <section aria-labelledby="where" className="where">
          <h3 id="where">{words.where}</h3>
          {sale.currency !== settlementCurrency && sale.settled !== null && (
            <p className="soft">{documentWords.whereSettled(signedMoney(locale, sale.settled))}</p>
          )}
          {sale.splitAt === null ? (
            <p className="soft" role="status">
              {words.whereLater}
            </p>
          ) : (
            paid.map((line) => <Where key={line.id} sale={sale} line={line} locale={locale} />)
          )}
          {went && <WhereRows title={documentWords.whereAll} went={went} locale={locale} />}
        </section>
      )}
    </section>
  );
}

/** One line's dollars: everybody who was given a part, and what left. They add up to what was paid for it, tax included. */
function Where({ sale, line, locale }: { sale: SaleReceipt; line: ReceiptLine; locale: Locale }) {
  const all = line.amount + line.taxes.reduce((sum, each) => sum + each.amount, 0);
  // The line as if it were the whole order: its words and its sums are those of the order.
  const alone = { ...sale, lines: [line], taxes: line.taxes, total: all, settled: all, fee: line.feePart };
  return (
    <WhereRows
      title={libraryWords(locale).purchase.whereOf(line.title)}
      went={whereItWent(alone) ?? []}
      locale={locale}
    />
  );
}

function WhereRows({ title, went, locale }: { title: string; went: Received[]; locale: Locale }) {
  const makers = went.flatMap((each) => (each.to === "member" ? [each.memberId] : []));
  const rows = went.map((each) => ({
    name: receivedWords(locale, each),
    amount: each.amount,
    tone: each.to === "member" ? `maker-${makers.indexOf(each.memberId) % 4}` : toneOf(each),
  }));
  return (
    <figure className="where-line">
      <figcaption>
        {title}{" "}
        <span className="amount soft">
          {signedMoney(
            locale,
            went.reduce((sum, each) => sum + each.amount, 0),
          )}
        </span>
      </figcaption>
      <div className="sharing-bar" aria-hidden="true">
        {rows
          .filter((row) => row.amount > 0)
          .map((row) => (
            <span key={row.name} className={`tone ${row.tone}`} style={{ flexGrow: row.amount }} />
          ))}
      </div>
      <ul className="sharing-rows plain-list">
        {rows.map((row) => (
          <li key={row.name}>
            <span className={`tone ${row.tone}`} aria-hidden="true" />
            <span>{row.name}</span>
            <span className="amount">{signedMoney(locale, row.amount)}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

function toneOf(each: Exclude<Received, { to: "member" }>): string {
  if (each.to === "fund") return each.fund;
  return each.to === "card_fee" ? "fee" : each.to;
}
