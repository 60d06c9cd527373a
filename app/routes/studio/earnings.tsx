import "#app/styles/bench.css";
import "#app/styles/studio.css";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { AmountBars } from "#app/components/amount-bars.tsx";
import { MonthChart, monthName } from "#app/components/month-chart.tsx";
import { StudioNav } from "#app/components/studio-frame.tsx";
import { enterStudio } from "#app/http/door.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { earningsByCountry, earningsByMonth } from "#domain/sales/earnings-queries.server.ts";
import { earningsByWork, salesOfMember } from "#domain/sales/seller-queries.server.ts";
import { country, date, money, number } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { studioMoneyWords } from "#i18n/studio.ts";
import { earningsAfter } from "./earnings-page.ts";

const pageSize = 50;

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, url } = await enterStudio(args);
  const before = earningsAfter(url.searchParams);
  const [sales, works, months, countries] = await Promise.all([
    salesOfMember(db, viewer.id, { limit: pageSize + 1, ...(before ? { before } : {}) }),
    earningsByWork(db, viewer.id),
    earningsByMonth(db, viewer.id),
    earningsByCountry(db, viewer.id),
  ]);
  const last = sales[pageSize - 1];
  return {
    sales: sales.slice(0, pageSize),
    works,
    months,
    countries,
    currency: settlementCurrency,
    older:
      sales.length > pageSize && last ? { avant: last.paidAt.toISOString(), ligne: last.saleLineId } : null,
  };
}

export const meta: MetaFunction = ({ location }) => [
  { title: `${studioMoneyWords(localeOf(location.pathname)).earnings.title} · ventes.coop` },
];

type Sale = ReturnType<typeof useLoaderData<typeof loader>>["sales"][number];

export default function Earnings() {
  const { sales, works, months, countries, currency, older } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioMoneyWords(locale).earnings;
  const say = (amount: number) => money(locale, amount, currency);
  const countryName = (code: string | null) => (code ? country(locale, code) : words.countryUnknown);
  const total = { sold: 0, mine: 0, taken: 0, sales: 0 };
  for (const work of works) {
    total.sold += work.sold;
    total.mine += work.toMember;
    total.taken += work.takenBack;
  }
  for (const month of months) total.sales += month.sales;
  const [first, last] = [months[0], months.at(-1)];
  return (
    <div className="page studio stack">
      <h1>{words.title}</h1>
      <StudioNav locale={locale} />
      {works.length === 0 || !first || !last ? (
        <div className="empty">
          <h2>{words.emptyTitle}</h2>
          <p className="lead">{words.empty}</p>
        </div>
      ) : (
        <>
          <p className="lead">{words.lead}</p>
          <dl className="figures large">
            <div>
              <dt>{words.totalMine}</dt>
              <dd className="amount">{say(total.mine)}</dd>
            </div>
            {total.taken > 0 && (
              <div>
                <dt>{words.totalTaken}</dt>
                <dd className="amount">{say(total.taken)}</dd>
              </div>
            )}
            <div>
              <dt>{words.totalSales}</dt>
              <dd className="amount">{say(total.sold)}</dd>
            </div>
            <div>
              <dt>{words.sales}</dt>
              <dd className="amount">{number(locale, total.sales)}</dd>
            </div>
          </dl>
          <div className="halves">
            <section className="stack">
              <h2>{words.byMonth}</h2>
              <MonthChart
                locale={locale}
                months={months}
                currency={currency}
                label={words.chart(monthName(locale, first.month), monthName(locale, last.month))}
              />
              <div className="scroll-x">
                <table className="tight">
                  <thead>
                    <tr>
                      <th scope="col">{words.month}</th>
                      <th scope="col" className="amount">
                        {words.sales}
                      </th>
                      {total.taken > 0 && <TakenHeads />}
                      <th scope="col" className="amount">
                        {total.taken > 0 ? words.net : words.mine}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {months.toReversed().map((month) => (
                      <tr key={month.month}>
                        <td>{monthName(locale, month.month)}</td>
                        <td className="amount">{number(locale, month.sales)}</td>
                        {total.taken > 0 && <TakenCells given={month.given} takenBack={month.takenBack} />}
                        <td className="amount">{say(month.toMember)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              {total.taken > 0 && <p className="small soft">{words.takenNote}</p>}
            </section>
            <section className="stack">
              <h2>{words.byWork}</h2>
              <AmountBars
                rows={works.map((work) => ({
                  key: work.workId,
                  name: work.title,
                  amount: work.toMember,
                  said: say(work.toMember),
                }))}
              />
              <div className="scroll-x">
                <table className="tight">
                  <thead>
                    <tr>
                      <th scope="col">{words.work}</th>
                      <th scope="col" className="amount">
                        {words.sold}
                      </th>
                      {total.taken > 0 && <TakenHeads />}
                      <th scope="col" className="amount">
                        {total.taken > 0 ? words.net : words.mine}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {works.map((work) => (
                      <tr key={work.workId}>
                        <td>
                          <Link to={pathTo("work", locale, { slug: work.workSlug })}>{work.title}</Link>
                        </td>
                        <td className="amount">{number(locale, work.copies)}</td>
                        {total.taken > 0 && <TakenCells given={work.given} takenBack={work.takenBack} />}
                        <td className="amount">{say(work.toMember)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              <h2>{words.byCountry}</h2>
              <AmountBars
                rows={countries.map((each) => ({
                  key: each.country ?? "",
                  name: countryName(each.country),
                  amount: each.toMember,
                  said: say(each.toMember),
                }))}
              />
              <div className="scroll-x">
                <table className="tight">
                  <thead>
                    <tr>
                      <th scope="col">{words.country}</th>
                      <th scope="col" className="amount">
                        {words.sold}
                      </th>
                      <th scope="col" className="amount">
                        {total.taken > 0 ? words.net : words.mine}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {countries.map((each) => (
                      <tr key={each.country ?? ""}>
                        <td>{countryName(each.country)}</td>
                        <td className="amount">{number(locale, each.copies)}</td>
                        <td className="amount">{say(each.toMember)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </section>
          </div>
          <section className="stack">
            <h2>{words.sales}</h2>
            <Sales sales={sales} />
            {older && (
              <p>
                <Link to={pathTo("studioEarnings", locale, {}, older)}>{words.more}</Link>
              </p>
            )}
          </section>
        </>
      )}
    </div>
  );
}

/** Once anything went back, each table says what was given and what was taken: their difference is what stays. */
function TakenHeads() {
  const words = studioMoneyWords(useLocale()).earnings;
  return (
    <>
      <th scope="col" className="amount">
        {words.given}
      </th>
      <th scope="col" className="amount">
        {words.takenBack}
      </th>
    </>
  );
}

function TakenCells({ given, takenBack }: { given: number; takenBack: number }) {
  const locale = useLocale();
  const say = (amount: number) => money(locale, amount, settlementCurrency);
  return (
    <>
      <td className="amount soft">{say(given)}</td>
      <td className="amount soft">{takenBack > 0 ? `−\u00a0${say(takenBack)}` : "–"}</td>
    </>
  );
}

function Sales({ sales }: { sales: Sale[] }) {
  const locale = useLocale();
  const words = studioMoneyWords(locale).earnings;
  // A column that nobody ever pays into is not shown: most rules name one or two funds.
  const columns = (
    [
      ["fee", (sale: Sale) => sale.feePart],
      ["commission", (sale: Sale) => sale.toOperating],
      ["solidarity", (sale: Sale) => sale.toSolidarity],
      ["reserve", (sale: Sale) => sale.toReserve],
      ["pool", (sale: Sale) => sale.toPool],
      ["others", (sale: Sale) => sale.toOthers],
      ["takenBack", (sale: Sale) => sale.takenBack],
    ] as const
  ).filter(([, of]) => sales.some((sale) => of(sale) !== 0));
  return (
    <div className="scroll-x">
      <table className="sales">
        <thead>
          <tr>
            <th scope="col">{words.date}</th>
            <th scope="col">{words.work}</th>
            <th scope="col" className="amount">
              {words.price}
            </th>
            {columns.map(([name]) => (
              <th scope="col" className="amount" key={name}>
                {words[name]}
              </th>
            ))}
            <th scope="col" className="amount">
              {words.mine}
            </th>
          </tr>
        </thead>
        <tbody>
          {sales.map((sale) => (
            <tr key={sale.saleLineId}>
              <td>
                <Link
                  to={pathTo("studioSale", locale, { id: sale.saleId })}
                  aria-label={`${words.open(number(locale, sale.number))}, ${date(locale, sale.paidAt)}`}
                >
                  {date(locale, sale.paidAt)}
                </Link>
              </td>
              <td>
                {sale.title}
                {sale.quantity > 1 && <span className="soft"> × {sale.quantity}</span>}
              </td>
              <td className="amount" data-label={words.price}>
                {money(locale, sale.amount, sale.currency)}
              </td>
              {columns.map(([name, of]) => {
                const amount = of(sale);
                return (
                  <td className="amount soft" key={name} data-label={words[name]}>
                    {amount ? `−\u00a0${money(locale, amount, settlementCurrency)}` : "–"}
                  </td>
                );
              })}
              <td className="amount" data-label={words.mine}>
                {sale.feePart === null ? (
                  <span className="small soft">{words.notSplit}</span>
                ) : (
                  <strong>{money(locale, sale.net, settlementCurrency)}</strong>
                )}
                {sale.disputed && <span className="tag warn">{words.disputed}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
