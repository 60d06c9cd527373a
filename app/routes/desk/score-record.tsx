import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { MendForms } from "#app/components/mend-forms.tsx";
import { mendedAtDesk } from "#app/components/mended-at.ts";
import { languagesFor } from "#app/components/offered-languages.ts";
import { MissingList, ScoreFigure } from "#app/components/score-panel.tsx";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { type FormAnswer, receive, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { answerMend, mendRecord } from "#app/http/mend-form.server.ts";
import { recordSeen } from "#domain/metadata/record-seen.server.ts";
import { findDeskRecord } from "#domain/metadata/score-queries.server.ts";
import { type WorkField, workFields } from "#domain/metadata/score-weights.ts";
import { deskWords } from "#i18n/desk.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { scoreWords } from "#i18n/score.ts";
import { RecordFrame } from "./record-frame.tsx";

/** What the artist alone can bring, or another page mends. */
const elsewhere: readonly WorkField[] = ["cover", "contributors", "licence", "authority"];

async function enterRecord(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const door = await enterStaff(args, "judgeWorks");
  const id = z.uuid().safeParse(args.params.id);
  const record = id.success ? await findDeskRecord(door.db, door.coopIds, id.data) : null;
  if (!record) throw missing();
  return { ...door, record };
}

export async function loader(args: LoaderFunctionArgs) {
  const { db, locale, record, url } = await enterRecord(args);
  const { language, originalLanguage } = record.facts;
  return {
    record,
    seen: await recordSeen(db, record.id),
    languages: languagesFor(locale, [language, originalLanguage]),
    saved: url.searchParams.has("fait"),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer, record } = await enterRecord(args);
  const form = await receive(args.request);
  const done = await answerMend(locale, form, () =>
    mendRecord(db, house, { personId: viewer.id, workId: record.id, as: "curator" }, record.facts, form),
  );
  if (!done.ok) return sendBack(done.answer);
  return redirect(pathTo("deskRecord", locale, { id: record.id }, { fait: 1 }), 303);
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const words = deskWords(localeOf(location.pathname));
  return [{ title: `${data?.record.facts.title || words.noTitle} · ${words.title}` }];
};

/** One record at the desk: what it lacks, and a small form for each thing that the desk can say. */
export default function Record() {
  const { record, languages, seen, saved } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = scoreWords(locale);
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const { facts, missing: lacking } = record;
  // What is lacking first, the costliest first; then what may still be mended.
  const lost = lacking.map(({ field }) => field);
  const fields = [...lost, ...workFields(facts.kind).filter((field) => !lost.includes(field))].filter(
    (field) => !elsewhere.includes(field),
  );
  return (
    <RecordFrame
      locale={locale}
      of={{ noun: "work", id: record.id }}
      title={facts.title || deskWords(locale).noTitle}
      done={saved ? words.saved : null}
      answer={answer}
    >
      <div className="score-page">
        <div className="stack stack-loose">
          <section className="stack" aria-labelledby="missing-title">
            <h2 id="missing-title">{words.title}</h2>
            <ScoreFigure score={record.score} locale={locale} />
            {lacking.length === 0 ? (
              <p className="notice good">{words.full}</p>
            ) : (
              <MissingList missing={lacking} locale={locale} to={mendedAtDesk(locale, record.id)} />
            )}
            {record.toConfirm && (
              <Form method="post" className="notice warn stack stack-tight">
                <p>{words.confirmWhyDesk}</p>
                <button type="submit" className="button small" name="mend" value="confirm">
                  {words.confirm}
                </button>
              </Form>
            )}
            {record.submissionId && (
              <p>
                <Link to={pathTo("deskSubmission", locale, { id: record.submissionId })}>
                  {words.desk.review}
                </Link>
              </p>
            )}
          </section>
          <section className="stack stack-tight" id="mend-authority" aria-labelledby="named-title">
            <h2 id="named-title">{words.desk.namedTitle}</h2>
            <ul className="plain-list score-named">
              {record.named.map(({ id, name, identified }) => (
                <li key={id}>
                  <Link to={pathTo("deskPerson", locale, { id })}>{name}</Link>
                  {identified && <span className="tag good">{words.desk.identified}</span>}
                </li>
              ))}
            </ul>
          </section>
        </div>
        <div className="stack stack-loose">
          <MendForms
            fields={fields}
            facts={facts}
            tracks={record.tracks}
            languages={languages}
            locale={locale}
            answer={answer}
            seen={seen}
          />
        </div>
      </div>
    </RecordFrame>
  );
}
