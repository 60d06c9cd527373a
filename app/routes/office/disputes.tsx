import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { enterStaff } from "#app/http/door.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { disputesOfCoop } from "#domain/sales/dispute-queries.server.ts";
import { date, dateTime, money } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { moneyBackWords } from "#i18n/office-money-back.ts";
import { pathTo } from "#i18n/paths.ts";
import { DisputeTag, isLate, reasonOf } from "./dispute-parts.tsx";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import "#app/styles/office.css";

const perPage = 50;
const pageOf = z.coerce.number().int().min(1).max(10_000).catch(1);

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enterStaff(args, "readMoney");
  const { coop, coops } = keptCoop(viewer, url);
  const page = pageOf.parse(url.searchParams.get("page") ?? 1);
  const found = await disputesOfCoop(db, viewer.id, coop.id, {
    limit: perPage + 1,
    offset: (page - 1) * perPage,
  });
  const disputes = found.slice(0, perPage);
  return { coop, coops, page, disputes, older: found.length > perPage, now: house.clock.now() };
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${moneyBackWords(locale).disputes.title} · ${officeWords(locale).title}` }];
};

export default function Disputes() {
  const { coop, coops, page, disputes, older, now } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const { disputes: words } = moneyBackWords(locale);
  const { columns } = words;
  const to = (at: number) => officePath("officeDisputes", locale, coop, { page: at > 1 ? at : null });
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        {disputes.length > 0 && <p className="lead">{words.lead}</p>}
      </header>
      {disputes.length === 0 ? (
        <div className="empty">
          <h2>{words.emptyTitle}</h2>
          <p className="soft">{words.empty}</p>
        </div>
      ) : (
        <table className="office-table">
          <thead>
            <tr>
              <th scope="col">{columns.sale}</th>
              <th scope="col">{columns.reason}</th>
              <th scope="col">{columns.opened}</th>
              <th scope="col">{columns.state}</th>
              <th scope="col">{columns.due}</th>
              <th scope="col" className="amount">
                {columns.amount}
              </th>
            </tr>
          </thead>
          <tbody>
            {disputes.map((each) => {
              const waits = each.state === "open" || each.state === "inquiry";
              return (
                <tr key={each.id}>
                  <th scope="row">
                    <Link to={pathTo("officeDispute", locale, { id: each.id })} prefetch="intent">
                      {each.saleNumber}
                    </Link>
                    <span className="soft small breakable">{each.email}</span>
                  </th>
                  <td data-label={columns.reason}>{reasonOf(locale, each.reason)}</td>
                  <td data-label={columns.opened}>{date(locale, each.createdAt)}</td>
                  <td data-label={columns.state}>
                    <DisputeTag dispute={each} locale={locale} />
                  </td>
                  <td data-label={columns.due}>
                    {each.answeredAt
                      ? words.answered(date(locale, each.answeredAt))
                      : waits && each.dueAt
                        ? dateTime(locale, each.dueAt)
                        : words.noDue}
                    {isLate(each, now) && (
                      <span className="tag bad">{moneyBackWords(locale).dispute.overdue}</span>
                    )}
                  </td>
                  <td data-label={columns.amount} className="amount">
                    {money(locale, each.amount, each.currency)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {(older || page > 1) && (
        <nav className="row between" aria-label={words.pages}>
          {page > 1 ? <Link to={to(page - 1)}>{words.newer}</Link> : <span />}
          {older && <Link to={to(page + 1)}>{words.older}</Link>}
        </nav>
      )}
    </div>
  );
}
