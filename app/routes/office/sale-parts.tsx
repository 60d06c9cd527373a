import { Link } from "@remix-run/react";
import { settlementCurrency } from "#domain/money/amount.ts";
import type { ReceiptLine, ReceiptPart, StaffSale } from "#domain/sales/queries.server.ts";
import type { SaleDispute } from "#domain/transparency/money-back-queries.server.ts";
import type { SaleTransfer } from "#domain/transparency/office-queries.server.ts";
import { dateTime, money, number, percent } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { moneyBackWords } from "#i18n/office-money-back.ts";
import { pathTo } from "#i18n/paths.ts";
import { DisputeTag } from "./dispute-parts.tsx";

/** What was bought, with taxes, as the buyer's receipt says it; what is other co-ops' in one row. */
export function Lines({ sale, locale }: { sale: StaffSale; locale: Locale }) {
  const words = officeWords(locale).sale;
  const { columns } = words;
  const cash = (amount: number) => money(locale, amount, sale.currency);
  return (
    <section className="stack stack-tight" aria-labelledby="lines-title">
      <h2 id="lines-title">{words.lines}</h2>
      <table className="office-table">
        <thead>
          <tr>
            <th scope="col">{columns.work}</th>
            <th scope="col">{columns.coop}</th>
            <th scope="col">{columns.rule}</th>
            <th scope="col" className="amount">
              {columns.quantity}
            </th>
            <th scope="col" className="amount">
              {columns.amount}
            </th>
          </tr>
        </thead>
        <tbody>
          {sale.lines.map((line) => (
            <tr key={line.id}>
              <th scope="row">{line.title}</th>
              <td data-label={columns.coop}>{line.coopName}</td>
              <td data-label={columns.rule}>{line.ruleCode ?? "—"}</td>
              <td data-label={columns.quantity} className="amount">
                {number(locale, line.quantity)}
              </td>
              <td data-label={columns.amount} className="amount">
                {cash(line.amount)}
              </td>
            </tr>
          ))}
          {sale.taxes.map((tax) => (
            <tr key={tax.code}>
              <th scope="row" colSpan={4}>
                {words.tax(words.taxes[tax.code] ?? tax.code.toUpperCase(), percent(locale, tax.percent))}
              </th>
              <td className="amount">{cash(tax.amount)}</td>
            </tr>
          ))}
          {sale.rest !== 0 && (
            <tr className="soft">
              <th scope="row" colSpan={4}>
                {words.rest}
              </th>
              <td className="amount">{cash(sale.rest)}</td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={4}>
              {words.total}
            </th>
            <td className="amount">{cash(sale.total)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

type AccountPath = (account: string) => string;

/** Where each line went, account by account; each leads to the account's entries. */
export function Splits({
  sale,
  locale,
  accountPath,
}: {
  sale: StaffSale;
  locale: Locale;
  accountPath: AccountPath;
}) {
  const words = officeWords(locale).sale;
  return (
    <section className="stack" aria-labelledby="split-title">
      <h2 id="split-title">{words.split}</h2>
      {sale.total === 0 && <p className="soft">{words.splitFree}</p>}
      {sale.total > 0 && sale.splitAt === null && <p className="notice warn">{words.splitWaiting}</p>}
      {sale.total > 0 && sale.splitAt !== null && (
        <div className="splits">
          {sale.lines
            .filter((line) => line.parts.length > 0)
            .map((line) => (
              <SplitLine key={line.id} line={line} locale={locale} accountPath={accountPath} />
            ))}
        </div>
      )}
    </section>
  );
}

function SplitLine({
  line,
  locale,
  accountPath,
}: {
  line: ReceiptLine;
  locale: Locale;
  accountPath: AccountPath;
}) {
  const { sale: words, home } = officeWords(locale);
  const cash = (amount: number) => money(locale, amount, settlementCurrency);
  const nameOf = (part: ReceiptPart) =>
    part.memberName ??
    (part.fund ? `${line.coopName}, ${home.fund[part.fund].toLocaleLowerCase(locale)}` : words.stages.pool);
  return (
    <table className="split">
      <caption>{words.splitOf(line.title)}</caption>
      <tbody>
        {line.parts.map((part) => (
          <tr key={`${part.stage} ${part.memberId ?? part.fund ?? "pool"}`}>
            <th scope="row">
              <Link to={accountPath(accountOf(part, line))}>{nameOf(part)}</Link>
              <span className="soft small">{words.stages[part.stage]}</span>
            </th>
            <td className="amount">{cash(part.amount)}</td>
          </tr>
        ))}
        {line.feePart !== null && (
          <tr>
            <th scope="row">{words.feePart}</th>
            <td className="amount">{cash(line.feePart)}</td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{words.columns.amount}</th>
          <td className="amount">
            {cash(line.parts.reduce((sum, part) => sum + part.amount, 0) + (line.feePart ?? 0))}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

function accountOf(part: ReceiptPart, line: ReceiptLine): string {
  if (part.memberId) return `member:${part.memberId}`;
  return part.fund ? `coop:${line.coopId}:${part.fund}` : `pool:${line.workId}`;
}

const mood = { intended: "warn", sent: "good", refused: "bad", stuck: "bad" };

export function Transfers({ transfers, locale }: { transfers: SaleTransfer[]; locale: Locale }) {
  const words = officeWords(locale).sale;
  const { transferColumns: columns } = words;
  return (
    <section className="stack stack-tight" aria-labelledby="transfers-title">
      <h2 id="transfers-title">{words.transfers}</h2>
      {transfers.length === 0 ? (
        <p className="soft">{words.noTransfers}</p>
      ) : (
        <table className="office-table">
          <thead>
            <tr>
              <th scope="col">{columns.to}</th>
              <th scope="col">{columns.state}</th>
              <th scope="col">{columns.at}</th>
              <th scope="col">{columns.stripe}</th>
              <th scope="col" className="amount">
                {columns.amount}
              </th>
            </tr>
          </thead>
          <tbody>
            {transfers.map((transfer) => (
              <tr key={transfer.id}>
                <th scope="row">{transfer.name}</th>
                <td data-label={columns.state}>
                  <span className={`tag ${mood[transfer.state]}`}>
                    {words.transferStates[transfer.state]}
                  </span>{" "}
                  <span className="soft small">
                    {[
                      words.calls(transfer.calls),
                      transfer.release ? words.release : "",
                      transfer.refusal ?? "",
                    ]
                      .filter(Boolean)
                      .join(", ")}
                  </span>
                </td>
                <td data-label={columns.at}>{dateTime(locale, transfer.stateAt)}</td>
                <td data-label={columns.stripe} className="breakable small">
                  {transfer.stripeTransfer ?? "—"}
                </td>
                <td data-label={columns.amount} className="amount">
                  {money(locale, transfer.amount, settlementCurrency)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** That a bank disputes, disputed or asked about the payment, with the way to what is done about it. */
export function SaleDisputes({
  disputes,
  currency,
  locale,
}: {
  disputes: SaleDispute[];
  currency: string;
  locale: Locale;
}) {
  const words = moneyBackWords(locale);
  return disputes.map((each) => (
    <p key={each.id} className={each.state === "open" || each.state === "inquiry" ? "notice warn" : "notice"}>
      <Link to={pathTo("officeDispute", locale, { id: each.id })}>
        {words.disputes.of(money(locale, each.amount, currency))}
      </Link>{" "}
      <DisputeTag dispute={each} locale={locale} />{" "}
      {each.state === "open" && each.dueAt && (
        <span className="small">{words.disputes.due(dateTime(locale, each.dueAt))}</span>
      )}
    </p>
  ));
}
