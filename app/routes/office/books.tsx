import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { type Books as BooksShown, booksFor, entriesFor } from "#domain/transparency/books-queries.server.ts";
import { money, number } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { accountWords, EntryList } from "./entry-list.tsx";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import "#app/styles/office.css";

const perPage = 25;
const search = z.object({
  compte: z.string().max(200).nullable().catch(null),
  avant: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).nullable().catch(null),
});

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, url } = await enterStaff(args, "readMoney");
  const { coop, coops } = keptCoop(viewer, url);
  const asked = search.parse({
    compte: url.searchParams.get("compte"),
    avant: url.searchParams.get("avant"),
  });
  const [books, entries] = await Promise.all([
    booksFor(db, viewer.id, coop.id),
    entriesFor(db, viewer.id, coop.id, { account: asked.compte, before: asked.avant, limit: perPage + 1 }),
  ]);
  if (!books || !entries) throw missing();
  return {
    coop,
    coops,
    books,
    entries: entries.slice(0, perPage),
    older: entries.length > perPage,
    ...asked,
  };
}

export const meta: MetaFunction = ({ location }) => {
  const words = officeWords(localeOf(location.pathname));
  return [{ title: `${words.books.title} · ${words.title}` }];
};

export default function Books() {
  const { coop, coops, books, entries, older, compte, avant } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const { books: words } = officeWords(locale);
  const accountPath = (account: string) =>
    `${officePath("officeBooks", locale, coop, { compte: account })}#entries`;
  const named =
    compte === null
      ? null
      : accountWords(
          locale,
          compte,
          books.rows.find(({ account }) => account === compte)?.name ?? entries[0]?.names[compte] ?? null,
        );
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{books.whole ? words.leadWhole : words.leadOwn}</p>
      </header>
      {books.rows.length > 0 && (
        <section className="stack" aria-labelledby="trial-title">
          <h2 id="trial-title">{words.trial}</h2>
          <Trial books={books} locale={locale} accountPath={accountPath} />
        </section>
      )}
      <section className="stack" aria-labelledby="entries">
        <h2 id="entries">{named === null ? words.entries : words.entriesOf(named)}</h2>
        {compte !== null && (
          <p>
            <Link to={`${officePath("officeBooks", locale, coop)}#entries`}>{words.allAccounts}</Link>
          </p>
        )}
        {entries.length === 0 ? (
          <div className="empty">
            <h3>{words.emptyTitle}</h3>
            <p className="soft">{words.empty}</p>
          </div>
        ) : (
          <EntryList entries={entries} locale={locale} accountPath={accountPath} />
        )}
        <nav className="row between" aria-label={words.entries}>
          {avant !== null ? (
            <Link to={officePath("officeBooks", locale, coop, { compte })}>{words.newest}</Link>
          ) : (
            <span />
          )}
          {older && (
            <Link
              to={officePath("officeBooks", locale, coop, { compte, avant: entries.at(-1)?.number ?? null })}
            >
              {words.older}
            </Link>
          )}
        </nav>
      </section>
    </div>
  );
}

function Trial({
  books,
  locale,
  accountPath,
}: {
  books: BooksShown;
  locale: Locale;
  accountPath: (account: string) => string;
}) {
  const { books: words } = officeWords(locale);
  const cash = (amount: number) => money(locale, amount, settlementCurrency);
  const all = [...books.rows, ...(books.elsewhere ? [books.elsewhere] : [])];
  const sum = (of: (row: (typeof all)[number]) => number) => all.reduce((total, row) => total + of(row), 0);
  const balance = sum((row) => row.balance);
  const either = (amount: number) => (amount === 0 ? <span className="soft">—</span> : cash(amount));
  const side = (amount: number) =>
    amount === 0 ? cash(0) : `${cash(Math.abs(amount))} ${amount > 0 ? words.debitWord : words.creditWord}`;
  return (
    <>
      <table className="office-table trial">
        <thead>
          <tr>
            <th scope="col">{words.columns.account}</th>
            <th scope="col" className="amount">
              {words.columns.debit}
            </th>
            <th scope="col" className="amount">
              {words.columns.credit}
            </th>
            <th scope="col" className="amount">
              {words.columns.balance}
            </th>
            <th scope="col" className="amount">
              {words.columns.postings}
            </th>
          </tr>
        </thead>
        <tbody>
          {books.rows.map((row) => (
            <tr key={row.account}>
              <th scope="row">
                <Link to={accountPath(row.account)}>{accountWords(locale, row.account, row.name)}</Link>
              </th>
              <td data-label={words.columns.debit} className="amount">
                {either(row.debit)}
              </td>
              <td data-label={words.columns.credit} className="amount">
                {either(row.credit)}
              </td>
              <td data-label={words.columns.balance} className="amount">
                <Link to={accountPath(row.account)}>{side(row.balance)}</Link>
              </td>
              <td data-label={words.columns.postings} className="amount">
                {number(locale, row.postings)}
              </td>
            </tr>
          ))}
          {books.elsewhere && (
            <tr className="soft">
              <th scope="row">{words.elsewhere}</th>
              <td data-label={words.columns.debit} className="amount">
                {cash(books.elsewhere.debit)}
              </td>
              <td data-label={words.columns.credit} className="amount">
                {cash(books.elsewhere.credit)}
              </td>
              <td data-label={words.columns.balance} className="amount">
                {side(books.elsewhere.balance)}
              </td>
              <td data-label={words.columns.postings} className="amount">
                {number(locale, books.elsewhere.postings)}
              </td>
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            <td data-label={words.columns.debit} className="amount">
              {cash(sum((row) => row.debit))}
            </td>
            <td data-label={words.columns.credit} className="amount">
              {cash(sum((row) => row.credit))}
            </td>
            <td data-label={words.columns.balance} className="amount">
              {cash(balance)}
            </td>
            <td data-label={words.columns.postings} className="amount">
              {number(
                locale,
                sum((row) => row.postings),
              )}
            </td>
          </tr>
        </tfoot>
      </table>
      <p className={`notice ${balance === 0 ? "good" : "bad"}`}>
        {balance === 0 ? words.balanced : words.unbalanced}
      </p>
    </>
  );
}
