import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Cover } from "#app/components/cover.tsx";
import { FormNotice } from "#app/components/field.tsx";
import { priceWords } from "#app/components/price.tsx";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { type DeskWork, findDeskWork, listDeskWorks } from "#domain/curation/queries.server.ts";
import { takeDown } from "#domain/curation/take-down.server.ts";
import { deskWords } from "#i18n/desk.ts";
import { date, number } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { answeredId } from "./answered-notice.tsx";
import { DeskTabs } from "./desk-head.tsx";
import "#app/styles/desk.css";

const perPage = 50;
const states = ["submitted", "published", "returned", "draft", "withdrawn"] as const;
const search = z.object({
  etat: z.enum(states).nullable().catch(null),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

export async function loader(args: LoaderFunctionArgs) {
  const { db, viewer, url } = await enterStaff(args, "judgeWorks");
  const { etat: state, page } = search.parse({
    etat: url.searchParams.get("etat"),
    page: url.searchParams.get("page") ?? 1,
  });
  const done = answeredId(url);
  const [{ works, counts }, takenDown] = await Promise.all([
    listDeskWorks(db, viewer.id, { state, limit: perPage + 1, offset: (page - 1) * perPage }),
    done ? findDeskWork(db, viewer.id, done) : null,
  ]);
  return {
    works: works.slice(0, perPage),
    older: works.length > perPage,
    counts,
    state,
    page,
    takenDown: takenDown?.state === "withdrawn" ? takenDown.title : null,
  };
}

/** Takes one work down. */
export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer, locale } = await enterStaff(args, "judgeWorks");
  const given = await readForm(args.request, z.object({ work: z.uuid() }));
  if (!given.ok) return sendBack(given.answer);
  const workId = given.value.work;
  const outcome = await orRefuse(locale, () => takeDown(db, house, { personId: viewer.id, workId }));
  if (outcome.ok) return redirect(pathTo("deskWorks", locale, {}, { fait: workId }), 303);
  if (outcome.refusal.code === "not_found") throw missing();
  return sendBack(outcome.answer);
}

export const meta: MetaFunction = ({ location }) => {
  const words = deskWords(localeOf(location.pathname));
  return [{ title: `${words.works.title} · ${words.title}` }];
};

export default function Works() {
  const { works, older, counts, state, page, takenDown } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const locale = useLocale();
  const { works: words } = deskWords(locale);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const to = (query: { etat?: string | null; page?: number }) => pathTo("deskWorks", locale, {}, query);
  return (
    <div className="page stack">
      <DeskTabs locale={locale} />
      {takenDown !== null && (
        <p className="notice good" role="status">
          {words.takenDown(takenDown)}
        </p>
      )}
      <FormNotice locale={locale} answer={answer} />
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.count(total)}</p>
      </header>
      <nav className="row desk-states" aria-label={words.filter}>
        <Link className="tag" to={to({})} aria-current={state === null ? "page" : undefined}>
          {words.all}
        </Link>
        {states.map((each) => (
          <Link
            key={each}
            className="tag"
            to={to({ etat: each })}
            aria-current={state === each ? "page" : undefined}
          >
            {words.states[each]} ({number(locale, counts[each] ?? 0)})
          </Link>
        ))}
      </nav>
      {works.length === 0 ? (
        <div className="empty">
          <h2>{words.emptyTitle}</h2>
          <p className="soft">{words.empty}</p>
        </div>
      ) : (
        <ul className="plain-list desk-works">
          {works.map((work) => (
            <WorkRow key={work.id} work={work} locale={locale} />
          ))}
        </ul>
      )}
      {(older || page > 1) && (
        <nav className="row between" aria-label={words.filter}>
          {page > 1 ? <Link to={to({ etat: state, page: page - 1 })}>{words.newer}</Link> : <span />}
          {older && <Link to={to({ etat: state, page: page + 1 })}>{words.more}</Link>}
        </nav>
      )}
    </div>
  );
}

const mood = { published: "good", submitted: "warn", returned: "warn", draft: "", withdrawn: "" };

function WorkRow({ work, locale }: { work: DeskWork; locale: Locale }) {
  const { works: words, noTitle } = deskWords(locale);
  const title = work.title || noTitle;
  const price = priceWords(locale, { kind: work.priceKind, amount: work.price, currency: work.currency });
  return (
    <li className="desk-row">
      <Cover work={work} locale={locale} sizes="5rem" />
      <div className="stack stack-tight desk-row-words">
        <h2>{title}</h2>
        <p className="soft">
          {work.memberName}, {work.coopName}
        </p>
        <p className="small row desk-row-facts">
          <span className={`tag ${mood[work.state]}`}>{words.states[work.state]}</span>
          <span>{date(locale, work.stateAt)}</span>
          <span>{price}</span>
          <span>
            {words.columns.sold}
            {words.colon} {number(locale, work.sold)}
          </span>
        </p>
      </div>
      <div className="desk-row-acts">
        {work.submissionId && (
          <Link className="button small" to={pathTo("deskSubmission", locale, { id: work.submissionId })}>
            {deskWords(locale).read}
          </Link>
        )}
        {work.state === "published" && (
          <>
            <Link className="button quiet small" to={pathTo("work", locale, { slug: work.slug })}>
              {words.see}
            </Link>
            <details className="desk-take-down">
              <summary aria-label={words.takeDownOf(title)}>{words.takeDown}</summary>
              <Form method="post" className="stack stack-tight card">
                <p className="small">{words.takeDownAsk(title)}</p>
                <button type="submit" className="button small" name="work" value={work.id}>
                  {words.confirm}
                </button>
              </Form>
            </details>
          </>
        )}
      </div>
    </li>
  );
}
