import "#app/styles/studio.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { FormNotice } from "#app/components/field.tsx";
import { MendForms } from "#app/components/mend-forms.tsx";
import { mendedInStudio } from "#app/components/mended-at.ts";
import { languagesFor } from "#app/components/offered-languages.ts";
import { MissingList, ScoreFigure } from "#app/components/score-panel.tsx";
import { DoneNotice, WorkFrame } from "#app/components/studio-frame.tsx";
import { missing } from "#app/http/door.server.ts";
import { type FormAnswer, receive, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { answerMend, mendRecord } from "#app/http/mend-form.server.ts";
import { findDeskRecord } from "#domain/metadata/score-queries.server.ts";
import type { WorkField } from "#domain/metadata/score-weights.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { scoreWords } from "#i18n/score.ts";
import { studioWords } from "#i18n/studio.ts";
import { enterWork, headOf } from "./enter-work.server.ts";

/** What the page of the record has no field for. */
const mendedHere: Record<"book" | "album", WorkField[]> = {
  book: ["accessibility", "subjects"],
  album: ["isrc", "originalLanguage"],
};

export async function loader(args: LoaderFunctionArgs) {
  const { db, locale, work, url } = await enterWork(args);
  const record = await findDeskRecord(db, [work.coop.id], work.id);
  if (!record) throw missing();
  return {
    work: headOf(work),
    record,
    languages: languagesFor(locale, [work.language, work.originalLanguage]),
    saved: url.searchParams.has("fait"),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer, work } = await enterWork(args);
  const record = await findDeskRecord(db, [work.coop.id], work.id);
  if (!record) throw missing();
  const form = await receive(args.request);
  const done = await answerMend(locale, form, () =>
    mendRecord(db, house, { personId: viewer.id, workId: work.id, as: "artist" }, record.facts, form),
  );
  if (!done.ok) return sendBack(done.answer);
  return redirect(pathTo("studioScore", locale, { id: work.id }, { fait: 1 }), 303);
}

export const meta: MetaFunction<typeof loader> = ({ location, data }) => {
  const locale = localeOf(location.pathname);
  return [
    {
      title: `${scoreWords(locale).title}, ${data?.work.title || studioWords(locale).untitled} · ventes.coop`,
    },
  ];
};

/** The score of a work: all that it lacks, and what no other page of the studio mends. */
export default function Score() {
  const { work, record, languages, saved } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = scoreWords(locale);
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  return (
    <WorkFrame locale={locale} work={work}>
      <div className="stack stack-loose narrowed">
        {saved && !answer && <DoneNotice>{words.saved}</DoneNotice>}
        <FormNotice locale={locale} answer={answer} />
        <section className="stack">
          <h2>{words.title}</h2>
          <p className="lead">{words.lead}</p>
          <ScoreFigure score={record.score} locale={locale} />
          {record.missing.length === 0 ? (
            <p className="notice good">{words.full}</p>
          ) : (
            <MissingList missing={record.missing} locale={locale} to={mendedInStudio(locale, work)} />
          )}
        </section>
        {work.state !== "submitted" && (
          <>
            {record.toConfirm && (
              <Form method="post" className="notice warn stack stack-tight">
                <p>{words.confirmWhy}</p>
                <button type="submit" className="button small" name="mend" value="confirm">
                  {words.confirm}
                </button>
              </Form>
            )}
            <MendForms
              fields={mendedHere[work.kind]}
              facts={record.facts}
              tracks={record.tracks}
              languages={languages}
              locale={locale}
              answer={answer}
            />
          </>
        )}
      </div>
    </WorkFrame>
  );
}
