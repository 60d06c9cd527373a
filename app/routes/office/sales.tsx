import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { enterStaff } from "#app/http/door.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { searchSales } from "#domain/transparency/office-queries.server.ts";
import { dateTime, money } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { pathTo } from "#i18n/paths.ts";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import "#app/styles/office.css";

const perPage = 50;
const search = z.object({
  q: z.string().trim().max(200).catch(""),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, url } = await enterStaff(args, "readMoney");
  const { coop, coops } = keptCoop(viewer, url);
  const { q, page } = search.parse({
    q: url.searchParams.get("q") ?? "",
    page: url.searchParams.get("page") ?? 1,
  });
  const found = await searchSales(db, viewer.id, coop.id, {
    words: q,
    limit: perPage + 1,
    offset: (page - 1) * perPage,
  });
  return { coop, coops, q, page, sales: found.slice(0, perPage), older: found.length > perPage };
}

export const meta: MetaFunction = ({ location }) => {
  const words = officeWords(localeOf(location.pathname));
  return [{ title: `${words.sales.title} · ${words.title}` }];
};

export default function Sales() {
  const { coop, coops, q, page, sales, older } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const { sales: words } = officeWords(locale);
  const to = (at: number) => officePath("officeSales", locale, coop, { q, page: at > 1 ? at : null });
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      <h1>{words.title}</h1>
      <Form method="get" role="search" aria-label={words.search} className="office-search">
        <input type="hidden" name="coop" value={coop.slug} />
        <div className="field">
          <label htmlFor="q">{words.search}</label>
          <span className="hint" id="q-hint">
            {words.searchHint}
          </span>
          <input
            id="q"
            type="search"
            name="q"
            defaultValue={q}
            key={q}
            aria-describedby="q-hint"
            autoComplete="off"
          />
        </div>
        <button type="submit" className="button quiet">
          {words.submit}
        </button>
      </Form>
      {sales.length === 0 ? (
        <div className="empty">
          <h2>{words.emptyTitle}</h2>
          <p className="soft">{q ? words.notFound(q) : words.empty}</p>
          {q && <Link to={officePath("officeSales", locale, coop)}>{words.all}</Link>}
        </div>
      ) : (
        <table className="office-table">
          <thead>
            <tr>
              <th scope="col">{words.columns.number}</th>
              <th scope="col">{words.columns.day}</th>
              <th scope="col">{words.columns.buyer}</th>
              <th scope="col">{words.columns.works}</th>
              <th scope="col" className="amount">
                {words.columns.amount}
              </th>
              <th scope="col" className="amount">
                {words.columns.total}
              </th>
            </tr>
          </thead>
          <tbody>
            {sales.map((sale) => (
              <tr key={sale.id}>
                <th scope="row">
                  <Link to={pathTo("officeSale", locale, { id: sale.id })} prefetch="intent">
                    {sale.number}
                  </Link>
                </th>
                <td data-label={words.columns.day}>{dateTime(locale, sale.paidAt)}</td>
                <td data-label={words.columns.buyer} className="breakable">
                  {sale.email}
                </td>
                <td data-label={words.columns.works}>{sale.titles.join(" · ")}</td>
                <td data-label={words.columns.amount} className="amount">
                  {sale.state === "claimed" ? words.claimed : money(locale, sale.amount, sale.currency)}
                  {!sale.split && <span className="tag warn">{words.waiting}</span>}
                  {sale.takenBack > 0 && (
                    <span className="tag">
                      {words.refunded(money(locale, sale.takenBack, settlementCurrency))}
                    </span>
                  )}
                  {sale.disputed && <span className="tag warn">{words.disputed}</span>}
                </td>
                <td data-label={words.columns.total} className="amount">
                  {money(locale, sale.total, sale.currency)}
                </td>
              </tr>
            ))}
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
