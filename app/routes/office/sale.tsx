import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { findSaleForStaff } from "#domain/sales/queries.server.ts";
import { namedEntriesOfSale } from "#domain/transparency/books-queries.server.ts";
import { moneyBackOfSale } from "#domain/transparency/money-back-queries.server.ts";
import { afterSale } from "#domain/transparency/office-queries.server.ts";
import { dateTime, money } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { moneyBackWords } from "#i18n/office-money-back.ts";
import { pathTo } from "#i18n/paths.ts";
import { EntryList } from "./entry-list.tsx";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import { RefundList, ReversalTable } from "./refund-list.tsx";
import { Lines, SaleDisputes, Splits, Transfers } from "./sale-parts.tsx";
import "#app/styles/office.css";
import "#app/styles/money-back.css";

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, url, coopIds } = await enterStaff(args, "readMoney");
  const sale = await findSaleForStaff(db, viewer.id, args.params.id ?? "");
  if (!sale) throw missing();
  const [after, back, entries] = await Promise.all([
    afterSale(db, viewer.id, sale.id),
    moneyBackOfSale(db, viewer.id, sale.id),
    namedEntriesOfSale(db, viewer.id, sale.id),
  ]);
  const theirs = sale.lines.some(({ coopId, amount }) => amount > 0 && coopIds.includes(coopId));
  return {
    sale,
    ...after,
    ...back,
    refundable: theirs && sale.state === "paid",
    entries,
    ...keptCoop(
      viewer,
      url,
      sale.lines.map(({ coopId }) => coopId),
    ),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const words = officeWords(localeOf(location.pathname));
  return [{ title: `${words.sale.title(String(data?.sale.number ?? ""))} · ${words.title}` }];
};

export default function Sale() {
  const { sale, transfers, mail, refunds, reversals, disputes, refundable, entries, coop, coops } =
    useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = officeWords(locale).sale;
  const accountPath = (account: string) =>
    `${officePath("officeBooks", locale, coop, { compte: account })}#entries`;
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      <header className="stack stack-tight">
        <p className="small">
          <Link to={officePath("officeSales", locale, coop)}>{officeWords(locale).sales.title}</Link>
        </p>
        <div className="row between baseline">
          <h1>{words.title(String(sale.number))}</h1>
          {refundable && (
            <Link className="button quiet small" to={pathTo("officeRefund", locale, { id: sale.id })}>
              {moneyBackWords(locale).refund.link}
            </Link>
          )}
        </div>
      </header>
      <SaleDisputes disputes={disputes} currency={sale.currency} locale={locale} />
      <dl className="facts">
        <div>
          <dt>{words.states[sale.state]}</dt>
          <dd>{sale.paidAt ? dateTime(locale, sale.paidAt) : dateTime(locale, sale.openedAt)}</dd>
        </div>
        <div>
          <dt>{words.facts.buyer}</dt>
          <dd className="breakable">
            <Link to={officePath("officeSales", locale, coop, { q: sale.email })}>{sale.email}</Link>
          </dd>
        </div>
        <div>
          <dt>{words.facts.place}</dt>
          <dd>{sale.place ?? words.placeUnknown}</dd>
        </div>
        {sale.total > 0 && (
          <div>
            <dt>{words.facts.fee}</dt>
            <dd>{sale.fee === null ? words.feeUnknown : money(locale, sale.fee, sale.currency)}</dd>
          </div>
        )}
        <div>
          <dt>{words.facts.mail}</dt>
          <dd>
            {mail?.sentAt
              ? words.mailSent(dateTime(locale, mail.sentAt))
              : mail?.refusedAt
                ? words.mailRefused(mail.refusal ?? "")
                : words.mailWaiting}
          </dd>
        </div>
      </dl>
      <Lines sale={sale} locale={locale} />
      <Splits sale={sale} locale={locale} accountPath={accountPath} />
      {sale.total > 0 && <Transfers transfers={transfers} locale={locale} />}
      {refunds.length > 0 && <RefundList refunds={refunds} split={sale.splitAt !== null} locale={locale} />}
      {reversals.length > 0 && <ReversalTable reversals={reversals} locale={locale} />}
      {entries.length > 0 && (
        <section className="stack" aria-labelledby="entries-title">
          <h2 id="entries-title">{words.entries}</h2>
          <EntryList entries={entries} locale={locale} accountPath={accountPath} />
        </section>
      )}
    </div>
  );
}
