import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Cover } from "#app/components/cover.tsx";
import { enterStaff } from "#app/http/door.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { findAnswered, listWaiting, type Waiting } from "#domain/curation/queries.server.ts";
import { deskWords } from "#i18n/desk.ts";
import { dateTime } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { AnsweredNotice, answeredId } from "./answered-notice.tsx";
import { DeskTabs } from "./desk-head.tsx";
import { QueueKeys } from "./review-keys.tsx";
import { sinceWords } from "./since-words.ts";
import "#app/styles/desk.css";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enterStaff(args, "judgeWorks");
  const done = answeredId(url);
  const [waiting, answered] = await Promise.all([
    listWaiting(db, house, viewer.id),
    done ? findAnswered(db, viewer.id, done) : null,
  ]);
  return { waiting, answered, now: house.clock.now() };
}

export const meta: MetaFunction = ({ location }) => [{ title: deskWords(localeOf(location.pathname)).title }];

export default function Queue() {
  const { waiting, answered, now } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = deskWords(locale);
  return (
    <div className="page stack">
      <DeskTabs locale={locale} />
      <AnsweredNotice locale={locale} answered={answered} />
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead(waiting.length)}</p>
      </header>
      {waiting.length === 0 ? (
        <div className="empty">
          <h2>{words.emptyTitle}</h2>
          <p className="soft">{words.empty}</p>
        </div>
      ) : (
        <>
          <QueueKeys locale={locale} />
          <ol className="plain-list desk-queue">
            {waiting.map((each) => (
              <WaitingRow key={each.id} waiting={each} now={now} locale={locale} />
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function WaitingRow({ waiting, now, locale }: { waiting: Waiting; now: Date; locale: Locale }) {
  const words = deskWords(locale);
  const open = waiting.checks.filter(({ state }) => state !== "good");
  return (
    <li className="desk-row">
      <Cover work={waiting} locale={locale} sizes="5rem" />
      <div className="stack stack-tight desk-row-words">
        <h2>
          <Link to={pathTo("deskSubmission", locale, { id: waiting.id })} prefetch="intent" data-review="row">
            {waiting.title || words.noTitle}
          </Link>
        </h2>
        <p className="soft">{words.kindBy[waiting.kind](waiting.memberName, waiting.coopName)}</p>
        <ul className="plain-list small desk-row-checks">
          {waiting.returns > 0 && <li>{words.returnedBefore(waiting.returns)}</li>}
          {open.length === 0 && <li className="good">{words.allGood}</li>}
          {open.map(({ code, state }) => (
            <li key={code} className={state}>
              {words.checks.words[code]?.[state] ?? code}
            </li>
          ))}
        </ul>
      </div>
      <p className="small soft desk-row-since" title={dateTime(locale, waiting.submittedAt)}>
        {sinceWords(locale, waiting.submittedAt, now)}
      </p>
    </li>
  );
}
