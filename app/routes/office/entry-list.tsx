import { Link } from "@remix-run/react";
import { settlementCurrency } from "#domain/money/amount.ts";
import type { NamedEntry } from "#domain/transparency/books-queries.server.ts";
import { elsewhere } from "#domain/transparency/elsewhere.ts";
import { dateTime, money } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { pathTo } from "#i18n/paths.ts";

/** An account in words: « Dû à Ana », « Taxe à remettre : TPS ». `name`: of the member, co-op or work, or a receipt's number. */
export function accountWords(locale: Locale, account: string, name: string | null): string {
  const { books, home, sale } = officeWords(locale);
  const words = books.accounts;
  const [kind = "", rest = ""] = account.split(/[:/](.*)/s);
  if (account === "stripe" || account === "bank") return words[account];
  if (kind === "clearing") return words.clearing(name ?? "?");
  if (kind === "member") return words.member(name ?? "?");
  if (kind === "pool") return words.pool(name ?? "?");
  if (kind === "tax") return words.tax(sale.taxes[rest] ?? rest.toUpperCase());
  if (kind === "loss") return words.loss[rest] ?? account;
  if (kind === "cost") return words.cost[rest] ?? account;
  if (kind === "suspense" || kind === "unclaimed") return words[kind];
  const fund = account.split(":")[2];
  if (kind === "coop" && (fund === "operating" || fund === "solidarity" || fund === "reserve"))
    return words.fund(name ?? "?", home.fund[fund]);
  return account;
}

/** Entries of the ledger, each with its postings; they sum to zero, debit on the left, credit on the right. */
export function EntryList({
  entries,
  locale,
  accountPath,
}: {
  entries: NamedEntry[];
  locale: Locale;
  accountPath: (account: string) => string;
}) {
  const { books, sale } = officeWords(locale);
  const cash = (amount: number) => money(locale, amount, settlementCurrency);
  return (
    <ol className="plain-list entries">
      {entries.map((entry) => (
        <li key={entry.id} className="entry">
          <p className="entry-head">
            <strong>{books.kinds[entry.kind] ?? entry.kind}</strong>
            <span className="soft small">
              {books.number(String(entry.number))}, {dateTime(locale, entry.postedAt)}
              {entry.saleId && entry.saleNumber !== null && (
                <>
                  {", "}
                  <Link to={pathTo("officeSale", locale, { id: entry.saleId })}>
                    {books.ofSale(String(entry.saleNumber))}
                  </Link>
                </>
              )}
            </span>
          </p>
          <table>
            <colgroup>
              <col />
              <col className="entry-side" />
              <col className="entry-side" />
            </colgroup>
            <thead className="visually-hidden">
              <tr>
                <th scope="col">{books.columns.account}</th>
                <th scope="col">{books.columns.debit}</th>
                <th scope="col">{books.columns.credit}</th>
              </tr>
            </thead>
            <tbody>
              {entry.postings.map(({ account, amount }) => (
                <tr key={account}>
                  <th scope="row">
                    {account === elsewhere ? (
                      <span className="soft">{entry.saleId ? sale.rest : books.elsewhere}</span>
                    ) : (
                      <Link to={accountPath(account)}>
                        {accountWords(locale, account, entry.names[account] ?? null)}
                      </Link>
                    )}
                  </th>
                  <td className="amount">{amount > 0 ? cash(amount) : ""}</td>
                  <td className="amount">{amount < 0 ? cash(-amount) : ""}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </li>
      ))}
    </ol>
  );
}
