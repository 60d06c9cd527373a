import "#app/styles/studio.css";
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { FormNotice, TextArea } from "#app/components/field.tsx";
import { mendedInStudio } from "#app/components/mended-at.ts";
import { ScorePanel } from "#app/components/score-panel.tsx";
import { DoneNotice, WorkFrame } from "#app/components/studio-frame.tsx";
import { missing } from "#app/http/door.server.ts";
import { type FormAnswer, orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { withdrawWork } from "#domain/catalogue/withdraw-work.server.ts";
import { type Lack, lacks } from "#domain/curation/readiness.ts";
import { findStanding } from "#domain/curation/studio-queries.server.ts";
import { submitWork } from "#domain/curation/submit-work.server.ts";
import { withdrawSubmission } from "#domain/curation/withdraw-submission.server.ts";
import { scoreOfWork } from "#domain/metadata/score-queries.server.ts";
import { deskWords } from "#i18n/desk.ts";
import { date, list } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { type PathName, pathTo } from "#i18n/paths.ts";
import { scoreWords } from "#i18n/score.ts";
import { studioWords } from "#i18n/studio.ts";
import { enterWork, headOf } from "./enter-work.server.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, work, url } = await enterWork(args);
  const [standing, score] = await Promise.all([
    findStanding(db, house, { personId: viewer.id, workId: work.id }),
    scoreOfWork(db, work.id),
  ]);
  if (!standing) throw missing();
  return {
    work: headOf(work),
    stateAt: work.stateAt,
    standing,
    score,
    takenBack: url.searchParams.has("retiree"),
  };
}

const question = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("submit"), note: z.string().trim().max(2000, "tooLong").optional() }),
  z.object({ intent: z.literal("take_back") }),
  z.object({ intent: z.literal("withdraw") }),
]);

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer, work } = await enterWork(args);
  const form = await readForm(args.request, question);
  if (!form.ok) return sendBack(form.answer);
  const mine = { personId: viewer.id, workId: work.id };
  const asked = form.value;
  const done = await orRefuse<unknown>(locale, () => {
    if (asked.intent === "submit") return submitWork(db, house, { ...mine, note: asked.note ?? null });
    return asked.intent === "take_back" ? withdrawSubmission(db, house, mine) : withdrawWork(db, house, mine);
  });
  if (!done.ok)
    return sendBack({ ...done.answer, values: { note: "note" in asked ? (asked.note ?? "") : "" } }, 409);
  const query = asked.intent === "take_back" ? { retiree: 1 } : {};
  return redirect(pathTo("studioSubmission", locale, { id: work.id }, query), 303);
}

export const meta: MetaFunction<typeof loader> = ({ location, data }) => {
  const words = studioWords(localeOf(location.pathname));
  return [{ title: `${words.work.submission}, ${data?.work.title || words.untitled} · ventes.coop` }];
};

/** On which page each lack is mended. */
const mendedOn: Record<Lack, PathName> = {
  files: "studioFiles",
  cover: "studioFiles",
  title: "studioDetails",
  language: "studioDetails",
  people: "studioDetails",
  tracks: "studioDetails",
  price: "studioDetails",
  shares: "studioShares",
};

export default function Submission() {
  const { work, stateAt, standing, score, takenBack } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioWords(locale).submission;
  const answer = useActionData<typeof action>() as FormAnswer | undefined;
  return (
    <WorkFrame locale={locale} work={work} saysWhy>
      <div className="stack stack-loose narrowed">
        {takenBack && work.state === "draft" && <DoneNotice>{words.takenBack}</DoneNotice>}
        <FormNotice locale={locale} answer={answer} />
        {standing.returned && <Returned returned={standing.returned} />}
        {standing.open ? (
          <Waiting open={standing.open} />
        ) : work.state === "published" ? (
          <section className="stack">
            <h2>{words.publishedTitle}</h2>
            <p>{words.published(date(locale, stateAt))}</p>
            <p className="soft">{words.withdrawWhy}</p>
            <IntentForm intent="withdraw" label={words.withdraw} />
          </section>
        ) : (
          <Preparing />
        )}
        <ScorePanel {...score} locale={locale} to={mendedInStudio(locale, work)}>
          <p className="small">
            <Link to={pathTo("studioScore", locale, { id: work.id })}>{scoreWords(locale).all}</Link>
          </p>
        </ScorePanel>
      </div>
    </WorkFrame>
  );
}

function Returned({
  returned,
}: {
  returned: NonNullable<ReturnType<typeof useLoaderData<typeof loader>>["standing"]["returned"]>;
}) {
  const locale = useLocale();
  const words = studioWords(locale);
  return (
    <section className="notice bad stack stack-tight">
      <h2>{words.submission.returnedTitle}</h2>
      <p>{deskWords(locale).reasons[returned.reasonCode].letter}</p>
      {returned.reason && <blockquote className="prose said">{returned.reason}</blockquote>}
      <p className="small soft">{date(locale, returned.decidedAt)}</p>
    </section>
  );
}

function Waiting({ open }: { open: { note: string | null; submittedAt: Date } }) {
  const locale = useLocale();
  const words = studioWords(locale).submission;
  return (
    <section className="stack">
      <h2>{words.waitingTitle}</h2>
      <p className="lead">{words.waiting(date(locale, open.submittedAt))}</p>
      {open.note && (
        <figure className="stack stack-tight">
          <figcaption className="label">{words.yourNote}</figcaption>
          <blockquote className="prose said">{open.note}</blockquote>
        </figure>
      )}
      <IntentForm intent="take_back" label={words.takeBack} />
    </section>
  );
}

function Preparing() {
  const { work, standing } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioWords(locale).submission;
  const busy = useNavigation().state !== "idle";
  const ready = standing.lacks.length === 0;
  const asked = lacks.filter((lack) => lack !== "tracks" || work.kind === "album");
  return (
    <section className="stack">
      <h2>{work.state === "withdrawn" ? words.withdrawnTitle : words.title}</h2>
      <p className="lead">{work.state === "withdrawn" ? words.withdrawn : words.lead(work.coopName)}</p>
      <h3 className="checklist-title">{ready ? words.ready : words.notReady}</h3>
      <ul className="checklist plain-list">
        {asked.map((lack) => {
          const lacking = standing.lacks.includes(lack);
          return (
            <li key={lack} data-done={!lacking}>
              {lacking ? (
                <Link to={pathTo(mendedOn[lack], locale, { id: work.id })}>{words.lacks[lack]}</Link>
              ) : (
                <span>{words.lacks[lack]}</span>
              )}
              <span className={`small ${lacking ? "to-do" : "soft"}`}>
                {lacking ? words.missing : words.done}
              </span>
            </li>
          );
        })}
      </ul>
      {standing.pending.length > 0 && (
        <p className="notice">{words.pending(list(locale, standing.pending))}</p>
      )}
      {ready && (
        <Form method="post" className="stack">
          <input type="hidden" name="intent" value="submit" />
          <TextArea
            locale={locale}
            name="note"
            label={words.note}
            hint={words.noteHint}
            optional
            maxLength={2000}
          />
          <button type="submit" className="button" disabled={busy}>
            {words.submit}
          </button>
        </Form>
      )}
    </section>
  );
}

function IntentForm({ intent, label }: { intent: string; label: string }) {
  const busy = useNavigation().state !== "idle";
  return (
    <Form method="post">
      <input type="hidden" name="intent" value={intent} />
      <button type="submit" className="button quiet" disabled={busy}>
        {label}
      </button>
    </Form>
  );
}
