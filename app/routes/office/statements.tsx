import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { PeriodForm, PeriodLinks } from "#app/components/period-links.tsx";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { periodAsked } from "#app/routes/studio/statement-asked.ts";
import { coopStatement } from "#domain/transparency/statement-coop-queries.server.ts";
import { localeOf } from "#i18n/locale.ts";
import { officeWords } from "#i18n/office.ts";
import { statementWords } from "#i18n/statements.ts";
import { keptCoop, officePath } from "./kept-coop.ts";
import { OfficeHead } from "./office-head.tsx";
import { Books, Owed, Sold, Taxes } from "./statement-parts.tsx";
import "#app/styles/office.css";
import "#app/styles/statements.css";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enterStaff(args, "readMoney");
  const { coop, coops } = keptCoop(viewer, url);
  const { period, invalid } = periodAsked(url, house.clock.now());
  const statement = await coopStatement(db, { personId: viewer.id, coopId: coop.id, period });
  if (!statement) throw missing();
  return { coop, coops, statement, invalid };
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${statementWords(locale).title} · ${officeWords(locale).title}` }];
};

/** A co-op over a period: sold and shared, taxes to hand over, accounts that close with the ledger, what is owed and held. */
export default function Statements() {
  const { coop, coops, statement, invalid } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const all = statementWords(locale);
  const words = all.coop;
  const { period } = statement;
  const here = { periode: period.code };
  return (
    <div className="page stack office-statement">
      <OfficeHead locale={locale} coop={coop} coops={coops} />
      <header className="stack stack-tight">
        <h1>{all.title}</h1>
        <p className="lead">{words.lead(coop.name)}</p>
      </header>
      <div className="statement-asked">
        <PeriodLinks
          locale={locale}
          period={period}
          to={(periode) => officePath("officeStatements", locale, coop, { periode })}
        />
        <PeriodForm locale={locale} period={period} invalid={invalid} kept={{ coop: coop.slug }} />
      </div>
      <p className="row">
        <Link
          className="button quiet small"
          to={officePath("officeStatementPdf", locale, coop, here)}
          reloadDocument
        >
          {all.pdf}
        </Link>
        <Link
          className="button quiet small"
          to={officePath("officeJournal", locale, coop, here)}
          reloadDocument
        >
          {words.journalGo}
        </Link>
        <span className="soft small">{words.journalLead}</span>
      </p>
      <Sold statement={statement} locale={locale} />
      <Taxes statement={statement} locale={locale} coop={coop} />
      <Books statement={statement} locale={locale} coop={coop} />
      <Owed statement={statement} locale={locale} />
    </div>
  );
}
