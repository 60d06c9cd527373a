import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { payeesOfCoop } from "#domain/payouts/payee-queries.server.ts";
import { date, money, number } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { pathTo } from "#i18n/paths.ts";
import { payeeWords } from "#i18n/payees.ts";
import { keptCoop } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import { accountMood } from "./payee-parts.tsx";
import "#app/styles/office.css";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, url } = await enterStaff(args, "readMoney");
  const { coop, coops } = keptCoop(viewer, url);
  const payees = await payeesOfCoop(db, viewer.id, coop.id);
  if (!payees) throw missing();
  return { coop, coops, payees };
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${payeeWords(locale).office.title} · ${officeWords(locale).title}` }];
};

type Row = ReturnType<typeof useLoaderData<typeof loader>>["payees"][number];

export default function Payees() {
  const { coop, coops, payees } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = payeeWords(locale).office;
  const cash = (amount: number) => money(locale, amount, settlementCurrency);
  const total = (of: (payee: Row) => number) => payees.reduce((sum, payee) => sum + of(payee), 0);
  const debts = total(({ owed }) => Math.max(0, -owed));
  const waiting = payees.filter(({ heldBecause }) => heldBecause === "needs_a_person").length;
  const figures: [string, string][] = [
    [words.totals.owed, cash(total(({ owed }) => Math.max(0, owed)))],
    [words.totals.held, cash(total(({ held }) => held))],
    ...(debts > 0 ? [[words.totals.debts, cash(debts)] as [string, string]] : []),
    ...(waiting > 0 ? [[words.totals.waiting, number(locale, waiting)] as [string, string]] : []),
  ];
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </header>
      {payees.length === 0 ? (
        <div className="empty">
          <h2>{words.emptyTitle}</h2>
          <p className="soft">{words.empty}</p>
        </div>
      ) : (
        <>
          <dl className="facts">
            {figures.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <table className="office-table">
            <thead>
              <tr>
                <th scope="col">{words.columns.name}</th>
                <th scope="col">{words.columns.account}</th>
                <th scope="col" className="amount">
                  {words.columns.owed}
                </th>
                <th scope="col" className="amount">
                  {words.columns.held}
                </th>
                <th scope="col" className="amount">
                  {words.columns.last}
                </th>
              </tr>
            </thead>
            <tbody>
              {payees.map((payee) => (
                <PayeeRow key={payee.destination} payee={payee} locale={locale} slug={coop.slug} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </div>
  );
}

function PayeeRow({ payee, locale, slug }: { payee: Row; locale: Locale; slug: string }) {
  const words = payeeWords(locale).office;
  const cash = (amount: number) => money(locale, amount, settlementCurrency);
  const id = payee.memberId ?? payee.coopId;
  return (
    <tr>
      <th scope="row">
        <Link to={pathTo("officePayee", locale, { id }, { coop: slug })}>{payee.name}</Link>
        <span className="soft small breakable">{payee.email ?? words.coop}</span>
      </th>
      <td data-label={words.columns.account}>
        <span className={`tag ${accountMood[payee.account]}`}>{words.states[payee.account]}</span>
      </td>
      <td data-label={words.columns.owed} className="amount">
        {payee.owed < 0 ? (
          <>
            <span className="tag bad">{words.owes}</span> {cash(-payee.owed)}
          </>
        ) : (
          cash(payee.owed)
        )}
      </td>
      <td data-label={words.columns.held} className="amount">
        {cash(payee.held)}
        {payee.heldBecause && (
          <span className="soft small">
            {words.held[payee.heldBecause]}
            {payee.heldSince && <>, {words.since(date(locale, payee.heldSince))}</>}
          </span>
        )}
      </td>
      <td data-label={words.columns.last} className="amount">
        {payee.lastSent ? (
          <>
            {cash(payee.lastSent.amount)}
            <span className="soft small">{date(locale, payee.lastSent.sentAt)}</span>
          </>
        ) : (
          <span className="soft">{words.none}</span>
        )}
      </td>
    </tr>
  );
}
