import { Link } from "@remix-run/react";
import { deductionColumns } from "#app/components/deduction-columns.ts";
import { signedMoney } from "#app/components/signed-money.ts";
import type { Movement, Statement, YearTotal } from "#domain/transparency/statement-queries.server.ts";
import { date, number } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { statementWords } from "#i18n/statements.ts";

/** Owed at the start, what moved kind by kind, owed at the end. */
export function StatementSummary({ statement, locale }: { statement: Statement; locale: Locale }) {
  const words = statementWords(locale);
  const { work, opening, closing, totals } = statement;
  const say = (amount: number) => signedMoney(locale, amount);
  return (
    <table className="waterfall statement-summary">
      <tbody>
        <tr className="whole">
          <th scope="row">{work ? words.openingOfWork : words.opening}</th>
          <td className="amount">{say(opening)}</td>
        </tr>
        {totals.map((total) => (
          <tr key={total.kind}>
            <th scope="row">
              {words.kinds[total.kind] ?? total.kind}{" "}
              <span className="small">({number(locale, total.rows)})</span>
            </th>
            <td className="amount">{say(total.amount)}</td>
          </tr>
        ))}
        <tr className="mine">
          <th scope="row">{work ? words.closingOfWork : words.closing}</th>
          <td className="amount">{say(closing)}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** The rows; each adds up from its price to what is the member's, and opens the sale down to its postings. */
export function StatementRows({
  rows,
  totals,
  balance: opening,
  locale,
}: {
  rows: readonly (Omit<Movement, "postedAt"> & { postedAt: Date })[];
  totals: Statement["totals"];
  /** Owed before the first row; null: no balance is shown. */
  balance: number | null;
  locale: Locale;
}) {
  const words = statementWords(locale);
  const say = (amount: number) => signedMoney(locale, amount);
  const columns = deductionColumns(totals);
  let balance = opening ?? 0;
  const balances = rows.map((row) => {
    balance += row.amount;
    return balance;
  });
  return (
    <div className="scroll-x">
      <table className="sales statement">
        <thead>
          <tr>
            <th scope="col">{words.date}</th>
            <th scope="col">{words.what}</th>
            <th scope="col" className="amount">
              {words.sale}
            </th>
            <th scope="col">{words.title_}</th>
            <th scope="col" className="amount">
              {words.gross}
            </th>
            {columns.map((name) => (
              <th scope="col" className="amount" key={name}>
                {words[name]}
              </th>
            ))}
            <th scope="col" className="amount">
              {words.mine}
            </th>
            {opening !== null && (
              <th scope="col" className="amount">
                {words.balance}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => {
            const { deductions } = row;
            const kind = words.kinds[row.kind] ?? row.kind;
            return (
              // An entry has one row a line, and a line is sold once in an order.
              <tr key={`${row.entryNumber} ${row.workId}`}>
                <td>{date(locale, row.postedAt)}</td>
                <td>
                  {row.saleId === null || row.saleNumber === null ? (
                    kind
                  ) : (
                    <Link
                      to={pathTo("studioSale", locale, { id: row.saleId })}
                      aria-label={`${kind}, ${words.open(String(row.saleNumber))}`}
                    >
                      {kind}
                    </Link>
                  )}
                </td>
                <td className="amount soft" data-label={row.saleNumber === null ? undefined : words.sale}>
                  {row.saleNumber}
                </td>
                <td>
                  {row.title}
                  {row.quantity !== null && row.quantity > 1 && (
                    <span className="soft"> × {row.quantity}</span>
                  )}
                </td>
                <td className="amount" data-label={deductions ? words.gross : undefined}>
                  {deductions ? say(deductions.gross) : ""}
                </td>
                {columns.map((name) => (
                  <td
                    className="amount soft"
                    key={name}
                    data-label={deductions?.[name] ? words[name] : undefined}
                  >
                    {deductions?.[name] ? say(0 - deductions[name]) : ""}
                  </td>
                ))}
                <td className="amount" data-label={words.mine}>
                  <strong>{say(row.amount)}</strong>
                </td>
                {opening !== null && (
                  <td className="amount soft" data-label={words.balance}>
                    {say(balances[i]!)}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

export function StatementYears({
  years,
  ofWork,
  to,
  locale,
}: {
  years: readonly YearTotal[];
  ofWork: boolean;
  to: (code: string) => string;
  locale: Locale;
}) {
  const words = statementWords(locale);
  const say = (amount: number) => signedMoney(locale, amount);
  const columns = deductionColumns(years);
  return (
    <div className="scroll-x">
      <table className="sales statement">
        <thead>
          <tr>
            <th scope="col">{words.year}</th>
            <th scope="col" className="amount">
              {words.sales}
            </th>
            <th scope="col" className="amount">
              {words.gross}
            </th>
            {columns.map((name) => (
              <th scope="col" className="amount" key={name}>
                {words[name]}
              </th>
            ))}
            <th scope="col" className="amount">
              {words.mine}
            </th>
            {!ofWork && (
              <th scope="col" className="amount">
                {words.moved}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {years.map((year) => (
            <tr key={year.year}>
              <td>
                <Link to={to(year.year)}>{year.year}</Link>
              </td>
              <td className="amount" data-label={words.sales}>
                {number(locale, year.sales)}
              </td>
              <td className="amount" data-label={words.gross}>
                {say(year.gross)}
              </td>
              {columns.map((name) => (
                <td className="amount soft" key={name} data-label={words[name]}>
                  {say(0 - year[name])}
                </td>
              ))}
              <td className="amount" data-label={words.mine}>
                <strong>{say(year.amount)}</strong>
              </td>
              {!ofWork && (
                <td className="amount soft" data-label={words.moved}>
                  {say(year.moved)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
