import "#app/styles/desk.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, TextArea } from "#app/components/field.tsx";
import { ReportSteps } from "#app/components/report-steps.tsx";
import { DoneNotice } from "#app/components/studio-frame.tsx";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { answerReport } from "#domain/reports/answer-report.server.ts";
import { findReportForDesk, type Report } from "#domain/reports/queries.server.ts";
import { stepsAfter } from "#domain/reports/report-states.ts";
import { dateTime } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { reportWords } from "#i18n/reports.ts";
import { DeskTabs } from "./desk-head.tsx";

async function enterReport(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const door = await enterStaff(args, "judgeWorks");
  const id = z.uuid().safeParse(args.params.id);
  const report = id.success ? await findReportForDesk(door.db, door.viewer.id, id.data) : null;
  if (!report) throw missing();
  return { ...door, report };
}

export async function loader(args: LoaderFunctionArgs) {
  const { report, url } = await enterReport(args);
  return { report, done: url.searchParams.has("fait") };
}

const form = z.object({
  answer: z.enum(["notice", "kept", "removed"]),
  words: z.string().trim().max(4000, "tooLong").default(""),
  unlist: z.literal("1").optional(),
});

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer, report } = await enterReport(args);
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const { answer, words, unlist } = given.value;
  const done = await orRefuse(locale, () =>
    answerReport(db, house, {
      ...{ reportId: report.id, by: viewer.id, answer, words },
      unlist: unlist === "1",
    }),
  );
  if (!done.ok) return sendBack({ ...done.answer, values: { words } });
  return redirect(pathTo("deskReport", locale, { id: report.id }, { fait: 1 }), 303);
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => [
  { title: `${data?.report.work.title ?? ""} · ${reportWords(localeOf(location.pathname)).desk.title}` },
];

/** One report: what was said, what has happened, and the answer. */
export default function DeskReport() {
  const { report, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  const locale = useLocale();
  const { desk: words, reasons } = reportWords(locale);
  return (
    <div className="page stack stack-loose">
      <DeskTabs locale={locale} />
      {done && !answer && <DoneNotice>{words.saved}</DoneNotice>}
      <header className="stack stack-tight">
        <p className="small soft">
          <Link to={pathTo("deskReports", locale)}>{words.title}</Link> · {words.states[report.state]}
          {report.unlisted && report.state !== "removed" && `, ${words.unlisted}`}
        </p>
        <h1>{report.work.title}</h1>
        <p className="soft">
          {words.by(report.memberName, report.coopName)}
          {" · "}
          <Link to={pathTo("work", locale, { slug: report.work.slug })}>{words.see}</Link>
        </p>
      </header>
      <section aria-labelledby="said" className="stack">
        <h2 id="said">{words.saidBy}</h2>
        <p>
          <strong>{reasons[report.reason]}</strong>{" "}
          <span className="small soft">{dateTime(locale, report.madeAt)}</span>
        </p>
        <blockquote className="review-note report-words">{report.words}</blockquote>
        <p className="small soft">{report.toldTo ? words.toldTo : words.notTold}</p>
      </section>
      <ReportSteps steps={report.steps} locale={locale} />
      <Answer report={report} answer={answer} locale={locale} key={report.state} />
    </div>
  );
}

function Answer({
  report,
  answer,
  locale,
}: {
  report: Report;
  answer: FormAnswer | undefined;
  locale: Locale;
}) {
  const words = reportWords(locale).desk;
  const may = stepsAfter(report.state, report.appealed);
  const button = (step: "notice" | "kept" | "removed", label: string, look = "quiet") =>
    may.includes(step) && (
      <button type="submit" name="answer" value={step} className={`button ${look}`}>
        {label}
      </button>
    );
  return (
    <section aria-labelledby="answer" className="card stack">
      <h2 id="answer">{words.answer}</h2>
      <FormNotice locale={locale} answer={answer} />
      {may.some((step) => step !== "appeal") ? (
        <Form method="post" className="stack">
          <TextArea
            locale={locale}
            name="words"
            label={words.words}
            hint={words.wordsHint}
            answer={answer}
            rows={5}
            maxLength={4000}
          />
          {may.includes("notice") && report.work.state === "published" && (
            <label className="choice">
              <input type="checkbox" name="unlist" value="1" />
              <span>
                {words.unlist} <span className="small soft">{words.unlistHint}</span>
              </span>
            </label>
          )}
          <p className="row">
            {button("notice", words.notice, "")}
            {button("kept", words.keep)}
            {button("removed", words.remove)}
          </p>
        </Form>
      ) : (
        <p className="soft">{words.ended}</p>
      )}
    </section>
  );
}
