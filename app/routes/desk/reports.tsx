import "#app/styles/desk.css";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Cover } from "#app/components/cover.tsx";
import { enterStaff } from "#app/http/door.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { listReports } from "#domain/reports/queries.server.ts";
import { deskWords } from "#i18n/desk.ts";
import { date } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { reportWords } from "#i18n/reports.ts";
import { DeskTabs } from "./desk-head.tsx";
import { sinceWords } from "./since-words.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer } = await enterStaff(args, "judgeWorks");
  return { reports: await listReports(db, viewer.id), now: house.clock.now() };
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${reportWords(locale).desk.title} · ${deskWords(locale).title}` }];
};

const tones = { open: "warn", noticed: "", appealed: "warn", kept: "good", removed: "bad" } as const;

/** What visitors have reported: what waits for the desk first. */
export default function Reports() {
  const { reports, now } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const { desk: words, reasons } = reportWords(locale);
  const waiting = reports.filter(({ state }) => state === "open" || state === "appealed");
  return (
    <div className="page stack">
      <DeskTabs locale={locale} />
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead(waiting.length)}</p>
      </header>
      {reports.length === 0 ? (
        <div className="empty">
          <h2>{words.emptyTitle}</h2>
          <p className="soft">{words.empty}</p>
        </div>
      ) : (
        <ol className="plain-list desk-queue">
          {reports.map((report) => (
            <li key={report.id} className="desk-row">
              <Cover work={report.work} locale={locale} sizes="5rem" />
              <div className="stack stack-tight desk-row-words">
                <h2>
                  <Link to={pathTo("deskReport", locale, { id: report.id })} prefetch="intent">
                    {report.work.title}
                  </Link>
                </h2>
                <p className="soft">{reasons[report.reason]}</p>
                <p className="small row desk-row-facts">
                  <span className={`tag ${tones[report.state]}`}>{words.states[report.state]}</span>
                  <span>{words.made(date(locale, report.madeAt))}</span>
                  {report.unlisted && report.state !== "removed" && <span>{words.unlisted}</span>}
                </p>
              </div>
              {waiting.includes(report) && (
                <p className="small soft desk-row-since">{sinceWords(locale, report.stateAt, now)}</p>
              )}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
