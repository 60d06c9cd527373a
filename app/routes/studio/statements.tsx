import "#app/styles/studio.css";
import "#app/styles/statements.css";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { PeriodForm, PeriodLinks } from "#app/components/period-links.tsx";
import { signedMoney } from "#app/components/signed-money.ts";
import { StudioNav } from "#app/components/studio-frame.tsx";
import { enterStudio, missing } from "#app/http/door.server.ts";
import { useLocale } from "#app/http/locale.ts";
import {
  balanceUpTo,
  movementsOf,
  statementOf,
  worksOfMember,
  yearsOf,
} from "#domain/transparency/statement-queries.server.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { statementWords } from "#i18n/statements.ts";
import { statementAfter, statementAsked } from "./statement-asked.ts";
import { StatementRows, StatementSummary, StatementYears } from "./statement-parts.tsx";

const entriesOnPage = 100;

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enterStudio(args);
  const asked = statementAsked(viewer, url, house.clock.now());
  const members = viewer.members.map(({ id, coopName }) => ({ id, coopName }));
  if (!asked || !members.some(({ id }) => id === asked.memberId)) throw missing();
  const after = statementAfter(url.searchParams);
  const [statement, page, works, years, before] = await Promise.all([
    statementOf(db, asked),
    movementsOf(db, asked, { after, entries: entriesOnPage }),
    worksOfMember(db, asked),
    yearsOf(db, asked),
    after ? balanceUpTo(db, asked, after) : null,
  ]);
  if (!statement) throw missing();
  const { rows, next } = page;
  const isFirst = after === null;
  return {
    statement,
    rows,
    next: next && { apres: next.postedAt.toISOString(), ecriture: next.entryNumber },
    balance: before ?? statement.opening,
    isFirst,
    works,
    years,
    members,
    memberId: asked.memberId,
    workId: asked.workId,
    invalid: asked.invalid,
  };
}

export const meta: MetaFunction = ({ location }) => [
  { title: `${statementWords(localeOf(location.pathname)).title} · ventes.coop` },
];

/** What a member was owed, what came, what went, what they are owed: each row opens down to the postings. */
export default function Statements() {
  const { statement, rows, next, balance, isFirst, works, years, members, memberId, workId, invalid } =
    useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = statementWords(locale);
  const kept = { ...(members.length > 1 && { membre: memberId }), ...(workId && { oeuvre: workId }) };
  const to = (periode: string, more: Record<string, string | number> = {}) =>
    pathTo("studioStatements", locale, {}, { ...kept, periode, ...more });
  const file = (name: "studioStatementCsv" | "studioStatementPdf") =>
    pathTo(name, locale, {}, { ...kept, periode: statement.period.code });
  const isEmpty = statement.totals.length === 0;
  return (
    <div className="page studio stack">
      <h1>{words.title}</h1>
      <StudioNav locale={locale} />
      <p className="lead">{words.lead}</p>
      {members.length > 1 && (
        <nav className="row" aria-label={words.membership}>
          {members.map((each) => (
            <Link
              key={each.id}
              className="tag"
              to={pathTo("studioStatements", locale, {}, { membre: each.id, periode: statement.period.code })}
              aria-current={each.id === memberId ? "true" : undefined}
            >
              {each.coopName}
            </Link>
          ))}
        </nav>
      )}
      <div className="statement-asked">
        <PeriodLinks locale={locale} period={statement.period} to={to} />
        <details className="card" open={invalid || workId !== null}>
          <summary>{words.period.other}</summary>
          <PeriodForm
            locale={locale}
            period={statement.period}
            invalid={invalid}
            kept={members.length > 1 ? { membre: memberId } : {}}
          >
            <div className="field">
              <label htmlFor="oeuvre">{words.work}</label>
              <select id="oeuvre" name="oeuvre" defaultValue={workId ?? ""} key={workId}>
                <option value="">{words.allWorks}</option>
                {works.map((work) => (
                  <option key={work.id} value={work.id}>
                    {work.title}
                  </option>
                ))}
              </select>
            </div>
          </PeriodForm>
        </details>
      </div>
      <section className="stack" aria-labelledby="summary">
        <div className="row between">
          <h2 id="summary">{words.summary}</h2>
          <p className="row">
            <Link className="button quiet small" to={file("studioStatementPdf")} reloadDocument>
              {words.pdf}
            </Link>
            <Link className="button quiet small" to={file("studioStatementCsv")} reloadDocument>
              {words.csv}
            </Link>
          </p>
        </div>
        {statement.work && (
          <p>
            <strong>{words.ofWork(statement.work.title)}</strong>{" "}
            <span className="soft small">{words.ofWorkNote}</span>
          </p>
        )}
        <StatementSummary statement={statement} locale={locale} />
      </section>
      {isEmpty ? (
        <div className="empty">
          <h2>{words.emptyTitle}</h2>
          <p className="lead">{words.empty}</p>
        </div>
      ) : (
        <section className="stack" aria-labelledby="lines">
          <div className="row between baseline">
            <h2 id="lines">{words.details}</h2>
            <p className="soft small">
              {words.rows(statement.totals.reduce((all, total) => all + total.rows, 0))},{" "}
              {signedMoney(locale, statement.closing - statement.opening)}
            </p>
          </div>
          <StatementRows
            rows={rows}
            totals={statement.totals}
            // Of one work, nothing is owed by itself: what it brought has no running balance.
            balance={workId === null ? balance : null}
            locale={locale}
          />
          <nav className="row between" aria-label={words.details}>
            {isFirst ? <span /> : <Link to={to(statement.period.code)}>{words.newest}</Link>}
            {next && <Link to={to(statement.period.code, next)}>{words.next}</Link>}
          </nav>
        </section>
      )}
      {years.length > 0 && (
        <section className="stack" aria-labelledby="years">
          <h2 id="years">{words.years}</h2>
          <p className="soft small">{words.yearsNote}</p>
          <StatementYears years={years} ofWork={workId !== null} to={to} locale={locale} />
        </section>
      )}
      <p className="soft small">{words.member.about}</p>
    </div>
  );
}
