import "#app/styles/desk.css";
import "#app/styles/studio.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, TextArea } from "#app/components/field.tsx";
import { ReportSteps } from "#app/components/report-steps.tsx";
import { DoneNotice, StudioNav } from "#app/components/studio-frame.tsx";
import { enterStudio, missing } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { appealReport } from "#domain/reports/appeal-report.server.ts";
import { findReportForArtist } from "#domain/reports/queries.server.ts";
import { stepsAfter } from "#domain/reports/report-states.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { reportWords } from "#i18n/reports.ts";

async function enterReport(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const door = await enterStudio(args);
  const id = z.uuid().safeParse(args.params.id);
  const report = id.success ? await findReportForArtist(door.db, door.viewer.id, id.data) : null;
  if (!report) throw missing();
  return { ...door, report };
}

export async function loader(args: LoaderFunctionArgs) {
  const { report, url } = await enterReport(args);
  const { id, reason, state, unlisted, work, coopName, steps } = report;
  return {
    // The words of who reported stay at the desk: they may tell who it is.
    report: { id, reason, coopName, steps, title: work.title, away: unlisted && state !== "removed" },
    mayAppeal: stepsAfter(state, report.appealed).includes("appeal"),
    done: url.searchParams.has("fait"),
  };
}

const form = z.object({ words: z.string().trim().min(1, "required").max(4000, "tooLong") });

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer, report } = await enterReport(args);
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const { words } = given.value;
  const done = await orRefuse(locale, () =>
    appealReport(db, house, { reportId: report.id, by: viewer.id, words }),
  );
  if (!done.ok) return sendBack({ ...done.answer, values: { words } });
  return redirect(pathTo("studioReport", locale, { id: report.id }, { fait: 1 }), 303);
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => [
  { title: reportWords(localeOf(location.pathname)).studio.title(data?.report.title ?? "") },
];

/** What the artist is told of a report on a work of theirs, and the way to answer it. */
export default function StudioReport() {
  const { report, mayAppeal, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const locale = useLocale();
  const { studio: words, reasons } = reportWords(locale);
  return (
    <div className="page studio stack stack-loose">
      <StudioNav locale={locale} />
      {done && !answer && <DoneNotice>{words.sent}</DoneNotice>}
      <header className="stack stack-tight">
        <h1>{words.title(report.title)}</h1>
        <p className="lead">{words.lead(report.coopName)}</p>
      </header>
      {report.away && <p className="notice warn">{words.unlisted}</p>}
      <section aria-labelledby="reason" className="stack stack-tight">
        <h2 id="reason">{words.reason}</h2>
        <p>{reasons[report.reason]}</p>
      </section>
      <ReportSteps steps={report.steps} locale={locale} />
      {mayAppeal && (
        <section aria-labelledby="appeal" className="card stack">
          <h2 id="appeal">{words.appealTitle}</h2>
          <p>{words.appealLead}</p>
          <FormNotice locale={locale} answer={answer} />
          <Form method="post" className="stack">
            <TextArea
              locale={locale}
              name="words"
              label={words.words}
              answer={answer}
              rows={6}
              required
              maxLength={4000}
            />
            <button type="submit" className="button">
              {words.send}
            </button>
          </Form>
        </section>
      )}
    </div>
  );
}
