import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { Cover } from "#app/components/cover.tsx";
import { ScoreFigure } from "#app/components/score-panel.tsx";
import { enterStaff } from "#app/http/door.server.ts";
import { useLocale } from "#app/http/locale.ts";
import {
  type DeskScore,
  listScoredPeople,
  listScoredWorks,
  type ScoredWork,
  scoreOfCatalogue,
} from "#domain/metadata/score-queries.server.ts";
import { type WorkField, workFields } from "#domain/metadata/score-weights.ts";
import { deskWords } from "#i18n/desk.ts";
import { percent } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { scoreWords } from "#i18n/score.ts";
import { DeskTabs } from "./desk-head.tsx";
import "#app/styles/desk.css";

const perPage = 25;
const peopleShown = 12;
const fields = [...new Set([...workFields("book"), ...workFields("album")])];
const search = z.object({
  champ: z
    .enum(fields as [WorkField, ...WorkField[]])
    .nullable()
    .catch(null),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

export async function loader(args: LoaderFunctionArgs) {
  const { db, coopIds, url } = await enterStaff(args, "judgeWorks");
  const { champ: field, page } = search.parse({
    champ: url.searchParams.get("champ"),
    page: url.searchParams.get("page") ?? 1,
  });
  const [catalogue, works, people] = await Promise.all([
    scoreOfCatalogue(db, coopIds),
    listScoredWorks(db, coopIds, { field, limit: perPage + 1, offset: (page - 1) * perPage }),
    listScoredPeople(db, coopIds, { limit: peopleShown, offset: 0 }),
  ]);
  return { catalogue, works: works.slice(0, perPage), more: works.length > perPage, people, field, page };
}

export const meta: MetaFunction = ({ location }) => {
  const locale = localeOf(location.pathname);
  return [{ title: `${scoreWords(locale).desk.title} · ${deskWords(locale).title}` }];
};

/** The catalogue of the co-op: its score, the fields that cost most, and the records to mend. */
export default function CatalogueScore() {
  const { catalogue, works, more, people, field, page } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const { desk: words, fields: names } = scoreWords(locale);
  const to = (champ: WorkField | null, at?: number) => pathTo("deskScore", locale, {}, { champ, page: at });
  return (
    <div className="page stack">
      <DeskTabs locale={locale} />
      <header className="stack stack-tight">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </header>
      {catalogue.due && <p className="notice">{words.due}</p>}
      {catalogue.works === 0 ? (
        <div className="empty">
          <h2>{words.noneTitle}</h2>
          <p className="soft">{words.none}</p>
        </div>
      ) : (
        <div className="score-page">
          <div className="stack stack-loose">
            <Checks catalogue={catalogue} locale={locale} />
            <section className="stack stack-tight" aria-labelledby="lost-title">
              <h2 id="lost-title">{words.lostTitle}</h2>
              <ul className="plain-list score-missing">
                {catalogue.lost.map((each) => (
                  <li key={each.field}>
                    <p className="score-missing-field">
                      <Link to={to(each.field)} aria-current={field === each.field ? "true" : undefined}>
                        {names[each.field]}
                      </Link>
                    </p>
                    <p className="score-missing-cost small">{words.lost(each.points, each.works)}</p>
                  </li>
                ))}
              </ul>
            </section>
          </div>
          <div className="stack stack-loose">
            <section className="stack" aria-labelledby="works-title">
              <h2 id="works-title">{field ? words.worksOf(names[field]) : words.worksTitle}</h2>
              {field && (
                <p className="small">
                  <Link to={to(null)}>{words.everyField}</Link>
                </p>
              )}
              {works.length === 0 ? (
                <div className="empty">
                  <h3>{words.emptyTitle}</h3>
                  <p className="soft">{words.empty}</p>
                </div>
              ) : (
                <ul className="plain-list desk-works">
                  {works.map((work) => (
                    <WorkRow key={work.id} work={work} field={field} locale={locale} />
                  ))}
                </ul>
              )}
              {more && <Link to={to(field, page + 1)}>{words.next}</Link>}
            </section>
            {people.length > 0 && (
              <section className="stack" aria-labelledby="people-title">
                <h2 id="people-title">{words.peopleTitle}</h2>
                <ul className="plain-list score-people">
                  {people.map((person) => (
                    <li key={person.id}>
                      <span>
                        <Link to={pathTo("deskPerson", locale, { id: person.id })}>{person.name}</Link>
                        <span className="small soft"> {words.people(person.works)}</span>
                      </span>
                      <strong>{person.score}</strong>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </div>
        </div>
      )}
    </div>
  );
}

function Checks({ catalogue, locale }: { catalogue: DeskScore; locale: Locale }) {
  const { desk: words } = scoreWords(locale);
  const share = (rate: number) => percent(locale, Math.floor(rate * 100));
  return (
    <section className="stack" aria-labelledby="checks-title">
      <h2 id="checks-title">{words.checksTitle}</h2>
      <ScoreFigure score={catalogue.score} locale={locale} />
      <table className="score-checks">
        <thead>
          <tr>
            <th scope="col">{words.columns.check}</th>
            <th scope="col">{words.columns.rate}</th>
            <th scope="col">{words.columns.target}</th>
            <th scope="col">{words.columns.points}</th>
          </tr>
        </thead>
        <tbody>
          {catalogue.checks.map(({ check, rate, target, points, of }) => (
            <tr key={check}>
              <th scope="row">{words.checks[check]}</th>
              <td>{rate === null ? words.nothing : share(rate)}</td>
              <td>{share(target)}</td>
              <td>
                {points}/{of}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small soft">{words.means(catalogue.worksMean, catalogue.peopleMean)}</p>
    </section>
  );
}

function WorkRow({ work, field, locale }: { work: ScoredWork; field: WorkField | null; locale: Locale }) {
  const words = scoreWords(locale);
  const title = work.title || deskWords(locale).noTitle;
  const page = pathTo("deskRecord", locale, { id: work.id });
  const shown = field ? work.missing.filter((each) => each.field === field) : work.missing.slice(0, 3);
  return (
    <li className="desk-row">
      <Cover work={work} locale={locale} sizes="5rem" />
      <div className="stack stack-tight desk-row-words">
        <h3>
          <Link to={page}>{title}</Link>
        </h3>
        <p className="small soft">{work.memberName}</p>
        <ul className="plain-list small score-row-missing">
          {shown.map((each) => (
            <li key={each.field}>
              <Link to={`${page}#mend-${each.field}`}>{words.fields[each.field]}</Link>{" "}
              <span className="soft">{words.costs(each.points)}</span>
            </li>
          ))}
        </ul>
      </div>
      <p className="score-row-figure">
        <strong>{work.score}</strong> <span className="small soft">{words.outOf}</span>
      </p>
    </li>
  );
}
