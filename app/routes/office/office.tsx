import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { settlementCurrency } from "#domain/money/amount.ts";
import { booksOfCoop } from "#domain/payouts/queries.server.ts";
import { type OfficeFigures, officeFigures } from "#domain/transparency/office-queries.server.ts";
import { date, money } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { type KeptCoop, keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import "#app/styles/office.css";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enterStaff(args, "readMoney");
  const { coop, coops } = keptCoop(viewer, url);
  const [figures, books] = await Promise.all([
    officeFigures(db, house, viewer.id, coop.id),
    booksOfCoop(db, viewer.id, coop.id, { owedOnly: true }),
  ]);
  if (!books) throw missing();
  const held = books.members.reduce((sum, member) => sum + member.held, 0);
  return { coop, coops, figures, funds: books.funds, owed: books.owedToMembers, held };
}

export const meta: MetaFunction = ({ location }) => [
  { title: officeWords(localeOf(location.pathname)).title },
];

export default function Office() {
  const { coop, coops, figures, funds, owed, held } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = officeWords(locale);
  const { home } = words;
  const cash = (amount: number) => money(locale, amount, settlementCurrency);
  return (
    <div className="page stack">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{home.lead(coop.name)}</p>
      </header>
      <dl className="figures">
        <Figure
          name={home.today}
          value={cash(figures.today.amount)}
          note={`${home.sales(figures.today.sales)}, ${home.beforeTax}`}
          to={officePath("officeSales", locale, coop)}
        />
        <Figure
          name={home.month}
          value={cash(figures.month.amount)}
          note={`${home.sales(figures.month.sales)}, ${home.beforeTax}`}
          to={officePath("officeSales", locale, coop)}
        />
        <Figure
          name={home.owed}
          value={cash(owed)}
          note={home.owedHint}
          to={officePath("officeMembers", locale, coop)}
        />
        <Figure
          name={home.held}
          value={cash(held)}
          note={home.heldHint}
          to={officePath("officeMembers", locale, coop)}
        />
      </dl>
      <Days days={figures.days} locale={locale} />
      <div className="office-two">
        <section className="stack stack-tight" aria-labelledby="funds-title">
          <h2 id="funds-title">{home.funds}</h2>
          <table>
            <tbody>
              {(["operating", "solidarity", "reserve"] as const).map((fund) => (
                <tr key={fund}>
                  <th scope="row">{home.fund[fund]}</th>
                  <td className="amount">
                    <Link to={officePath("officeBooks", locale, coop, { compte: `coop:${coop.id}:${fund}` })}>
                      {cash(funds[fund])}
                    </Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <Alarms figures={figures} coop={coop} locale={locale} />
      </div>
    </div>
  );
}

function Figure({ name, value, note, to }: { name: string; value: string; note: string; to: string }) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd>
        <Link to={to}>{value}</Link>
        <span className="soft small">{note}</span>
      </dd>
    </div>
  );
}

/** Thirty columns, each as high as its day; read aloud as one sentence, and day by day where one points. */
function Days({ days, locale }: { days: OfficeFigures["days"]; locale: Locale }) {
  const { home } = officeWords(locale);
  const most = Math.max(1, ...days.map(({ amount }) => amount));
  const total = days.reduce((sum, { amount }) => sum + amount, 0);
  // Noon in UTC is the same day everywhere that a co-op of ours may be.
  const nameOf = (day: string) => date(locale, new Date(`${day}T12:00:00Z`));
  const cash = (amount: number) => money(locale, amount, settlementCurrency);
  const best = days.find(({ amount }) => amount === most);
  return (
    <section className="stack stack-tight" aria-labelledby="days-title">
      <h2 id="days-title">{home.days}</h2>
      <ol className="days" aria-hidden="true">
        {days.map(({ day, amount, sales }) => (
          <li key={day} title={home.dayOf(nameOf(day), cash(amount), home.sales(sales))}>
            <span style={{ blockSize: `${(amount / most) * 100}%` }} />
          </li>
        ))}
      </ol>
      <p className="small soft">
        {home.daysSummary(cash(total), best ? `${nameOf(best.day)}, ${cash(best.amount)}` : "—")}
      </p>
    </section>
  );
}

function Alarms({ figures, coop, locale }: { figures: OfficeFigures; coop: KeptCoop; locale: Locale }) {
  const { home } = officeWords(locale);
  const alarms = [
    "differences",
    "toAnswer",
    "waitingForFee",
    "stuck",
    "failedRefunds",
    "refusedMails",
  ] as const;
  const pages = { differences: "officeReconciliation", toAnswer: "officeDisputes" } as const;
  const said = alarms.filter((each) => figures[each] > 0);
  return (
    <section className="stack stack-tight" aria-labelledby="alarms-title">
      <h2 id="alarms-title">{home.alarms}</h2>
      {said.length === 0 && <p className="notice good">{home.quiet}</p>}
      {said.map((each) => (
        <p key={each} className="notice warn">
          {each === "differences" || each === "toAnswer" ? (
            <Link to={officePath(pages[each], locale, coop)}>{home[each](figures[each])}</Link>
          ) : (
            home[each](figures[each])
          )}
        </p>
      ))}
    </section>
  );
}
