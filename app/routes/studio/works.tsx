import "#app/styles/bench.css";
import "#app/styles/studio.css";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { languagesFor } from "#app/components/offered-languages.ts";
import { DoneNotice, StateTag, StudioNav } from "#app/components/studio-frame.tsx";
import { enterStudio, missing } from "#app/http/door.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { applyPlan } from "#domain/bench/apply-plan.server.ts";
import { benchWorks } from "#domain/bench/bench-queries.server.ts";
import type { PlanField } from "#domain/bench/plan.ts";
import { type Change, planShape } from "#domain/bench/plan-shape.ts";
import { benchWords } from "#i18n/bench.ts";
import { exchangeWords } from "#i18n/exchange.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { refusalWords } from "#i18n/refusals.ts";
import { studioWords } from "#i18n/studio.ts";
import { saidOf, saidOfWork } from "./plan-said.ts";
import { mostMegabytes, planAsked, planOfSheet, readWorksForm, type WishTyped } from "./works.server.ts";
import { SheetForm, WishFields } from "./works-parts.tsx";

const columns = ["price", "language", "subjects", "publisher", "rights", "hearing"] as const;
const usual: PlanField[] = ["price", "language", "subjects"];

export async function loader(args: LoaderFunctionArgs) {
  const { db, locale, viewer, url } = await enterStudio(args);
  const works = await benchWorks(db, viewer.id);
  const asked = url.searchParams.getAll("col");
  return {
    works,
    shown: asked.length > 0 ? columns.filter((column) => asked.includes(column)) : usual,
    languages: languagesFor(
      locale,
      works.map(({ language }) => language),
    ),
    made: Number(url.searchParams.get("faits")) || 0,
    mostMegabytes,
  };
}

type Answer = {
  plan?: Change[];
  typed?: WishTyped;
  problem?: string;
  refused?: { workId: string; why: string }[];
  made?: number;
  told?: string[];
};

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer } = await enterStudio(args);
  const words = benchWords(locale).many;
  const form = await readWorksForm(args.request);
  if (!form) return data({ problem: words.problems.tooLarge } satisfies Answer, 422);
  const intent = form.get("intent");
  if (intent === "apply") {
    const plan = planShape.safeParse(jsonOf(form.get("plan")));
    if (!plan.success) return data({ problem: words.problems.nothing } satisfies Answer, 422);
    const fates = await applyPlan(db, house, { personId: viewer.id, plan: plan.data });
    const refused = fates.flatMap(({ workId, refusal }) =>
      refusal ? [{ workId, why: refusalWords(locale, refusal.code, refusal.details) }] : [],
    );
    const made = fates.length - refused.length;
    if (refused.length > 0) return data({ refused, made } satisfies Answer, 409);
    return redirect(pathTo("studioWorks", locale, {}, { faits: made }), 303);
  }
  const works = await benchWorks(db, viewer.id);
  if (intent === "sheet") {
    const file = form.get("file");
    if (!(file instanceof File) || file.size === 0)
      return data({ problem: words.problems.noFile } satisfies Answer, 422);
    const sheet = await planOfSheet(file, works);
    if ("unreadable" in sheet)
      return data({ problem: exchangeWords(locale).unreadable[sheet.unreadable] } satisfies Answer, 422);
    const told = [
      ...(sheet.same > 0 ? [words.same(sheet.same)] : []),
      ...sheet.unknown.map(({ line }) => words.unknownLine(line)),
      ...sheet.wrong.map(({ line, wrong }) => words.wrongLine(line, wrong.join(", "))),
    ];
    return data({ plan: sheet.plan, told } satisfies Answer, 200);
  }
  if (intent !== "preview") throw missing();
  const asked = planAsked(form, works);
  return "problem" in asked
    ? data({ problem: words.problems[asked.problem], typed: asked.typed } satisfies Answer, 422)
    : data(asked satisfies Answer, 200);
}

function jsonOf(value: FormDataEntryValue | null): unknown {
  try {
    return JSON.parse(String(value ?? ""));
  } catch {
    return null;
  }
}

export const meta: MetaFunction = ({ location }) => [
  { title: `${benchWords(localeOf(location.pathname)).many.title} · ventes.coop` },
];

/** Several works changed at once: ticked in a table, seen before it is written, each line's fate told. */
export default function Works() {
  const { works, made, mostMegabytes } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as Answer | undefined;
  const locale = useLocale();
  const words = benchWords(locale).many;
  return (
    <div className="page studio stack">
      <h1>{words.title}</h1>
      <StudioNav locale={locale} />
      <p className="lead">{words.lead}</p>
      {made > 0 && !answer && <DoneNotice>{words.made(made)}</DoneNotice>}
      {answer?.problem && (
        <p className="notice bad" role="alert">
          {answer.problem}
        </p>
      )}
      {works.length === 0 ? (
        <div className="empty">
          <h2>{words.emptyTitle}</h2>
          <p className="lead">{words.empty}</p>
          <p>
            <Link className="button" to={pathTo("studioNew", locale)}>
              {studioWords(locale).home.start}
            </Link>
          </p>
        </div>
      ) : (
        <>
          {answer?.refused && <Fates refused={answer.refused} made={answer.made ?? 0} />}
          {answer?.plan ? <Preview plan={answer.plan} told={answer.told ?? []} /> : null}
          {!answer?.plan && <Choice typed={answer?.typed} />}
          {!answer?.plan && <SheetForm locale={locale} most={mostMegabytes} />}
        </>
      )}
    </div>
  );
}

function Choice({ typed }: { typed: WishTyped | undefined }) {
  const { works, shown, languages } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = benchWords(locale).many;
  const busy = useNavigation().state !== "idle";
  return (
    <>
      <Form method="get" className="bench-columns">
        <fieldset className="row">
          <legend className="label">{words.columns}</legend>
          {columns.map((column) => (
            <label key={column} className="row">
              <input type="checkbox" name="col" value={column} defaultChecked={shown.includes(column)} />
              {words.fields[column]}
            </label>
          ))}
          <button type="submit" className="button quiet small">
            {words.show}
          </button>
        </fieldset>
      </Form>
      <Form method="post" className="stack stack-loose">
        <div className="scroll-x">
          <table className="tight bench-table">
            <caption className="visually-hidden">{words.title}</caption>
            <thead>
              <tr>
                <th scope="col">{words.work}</th>
                <th scope="col">{words.state}</th>
                {shown.map((column) => (
                  <th scope="col" key={column}>
                    {words.fields[column]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {works.map((work) => (
                <tr key={work.id}>
                  <th scope="row">
                    <label className="bench-tick">
                      <input
                        type="checkbox"
                        name="work[]"
                        value={work.id}
                        defaultChecked={typed?.works.includes(work.id) ?? false}
                      />
                      {work.title || studioWords(locale).untitled}
                    </label>
                  </th>
                  <td data-label={words.state}>
                    <StateTag locale={locale} state={work.state} />
                  </td>
                  {shown.map((column) => (
                    <td key={column} data-label={words.fields[column]}>
                      {saidOfWork(locale, work, column)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <WishFields locale={locale} typed={typed} languages={languages} />
        <p>
          <button type="submit" className="button" name="intent" value="preview" disabled={busy}>
            {words.preview}
          </button>
        </p>
      </Form>
    </>
  );
}

function Preview({ plan, told }: { plan: Change[]; told: string[] }) {
  const { works } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = benchWords(locale).many;
  const busy = useNavigation().state !== "idle";
  const titles = new Map(works.map(({ id, title }) => [id, title]));
  const rows = plan.flatMap((change) =>
    columns
      .filter((field) => change[field] !== undefined)
      .map((field) => ({
        key: `${change.workId} ${field}`,
        title: titles.get(change.workId) || studioWords(locale).untitled,
        field,
        before: saidOf(locale, field, change.before),
        after: saidOf(locale, field, change),
      })),
  );
  return (
    <section className="stack" aria-labelledby="preview" role="status">
      <h2 id="preview">{plan.length > 0 ? words.previewTitle(plan.length) : words.problems.nothing}</h2>
      {told.map((each) => (
        <p key={each} className="soft small">
          {each}
        </p>
      ))}
      {plan.length > 0 && (
        <div className="scroll-x">
          <table className="tight bench-table">
            <thead>
              <tr>
                <th scope="col">{words.work}</th>
                <th scope="col">{words.field}</th>
                <th scope="col">{words.before}</th>
                <th scope="col">{words.after}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.key}>
                  <th scope="row">{row.title}</th>
                  <td data-label={words.field}>{words.fields[row.field]}</td>
                  <td className="soft" data-label={words.before}>
                    {row.before}
                  </td>
                  <td data-label={words.after}>{row.after}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="row">
        {plan.length > 0 && (
          <Form method="post">
            <input type="hidden" name="intent" value="apply" />
            <input type="hidden" name="plan" value={JSON.stringify(plan)} />
            <button type="submit" className="button" disabled={busy}>
              {words.apply}
            </button>
          </Form>
        )}
        <Link to={pathTo("studioWorks", locale)}>{words.back}</Link>
      </div>
    </section>
  );
}

function Fates({ refused, made }: { refused: { workId: string; why: string }[]; made: number }) {
  const { works } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = benchWords(locale).many;
  const titles = new Map(works.map(({ id, title }) => [id, title]));
  return (
    <section className="notice warn stack stack-tight" role="alert">
      <h2>{words.refusedTitle(refused.length)}</h2>
      {made > 0 && <p>{words.made(made)}</p>}
      <ul>
        {refused.map(({ workId, why }) => (
          <li key={workId}>
            <strong>{titles.get(workId) || studioWords(locale).untitled}</strong>, {why}
          </li>
        ))}
      </ul>
    </section>
  );
}
