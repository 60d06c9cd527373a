import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { Cover } from "#app/components/cover.tsx";
import { coverAddress } from "#app/components/cover-address.ts";
import { FormNotice, TextArea } from "#app/components/field.tsx";
import { mendedAtDesk } from "#app/components/mended-at.ts";
import { ScorePanel } from "#app/components/score-panel.tsx";
import { enterStaff, missing } from "#app/http/door.server.ts";
import { orRefuse, readForm, sendBack } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { findWorkDoubles } from "#domain/curation/double-queries.server.ts";
import { publish } from "#domain/curation/publish.server.ts";
import { findAnswered, findNextWaiting, listWaiting } from "#domain/curation/queries.server.ts";
import { returnReasons } from "#domain/curation/reasons.ts";
import { returnSubmission } from "#domain/curation/return-submission.server.ts";
import { findReview, type Review } from "#domain/curation/review-queries.server.ts";
import { scoreOfWork } from "#domain/metadata/score-queries.server.ts";
import { deskWords } from "#i18n/desk.ts";
import { date, dateTime } from "#i18n/formats.ts";
import { type Locale, localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { scoreWords } from "#i18n/score.ts";
import { AnsweredNotice, answeredId } from "./answered-notice.tsx";
import { DeskTabs } from "./desk-head.tsx";
import { LooksLike } from "./looks-like.tsx";
import { Key, ReviewKeys } from "./review-keys.tsx";
import { Checks, Comparisons, Files, Price, Sample, Shares, Tracks } from "./review-parts.tsx";
import { sinceWords } from "./since-words.ts";
import "#app/styles/desk.css";

export async function loader(args: LoaderFunctionArgs) {
  const { db, house, viewer, url } = await enterStaff(args, "judgeWorks");
  const id = idOf(args);
  const done = answeredId(url);
  const [review, waiting, answered] = await Promise.all([
    findReview(db, house, viewer.id, id),
    listWaiting(db, house, viewer.id),
    done ? findAnswered(db, viewer.id, done) : null,
  ]);
  if (!review) throw missing();
  const [score, like] = await Promise.all([
    scoreOfWork(db, review.work.id),
    review.decision === null && review.work.kind === "book"
      ? findWorkDoubles(db, house, { personId: viewer.id, as: "curator", workId: review.work.id })
      : null,
  ]);
  const alike = (like?.doubles ?? []).map(({ id: other, slug, title, why, state, translation }) => ({
    id: other,
    slug,
    title,
    why,
    state,
    translation,
  }));
  // One that was answered since stands nowhere in the pile: its neighbours are the oldest and nobody.
  const place = waiting.findIndex((each) => each.id === id);
  const neighbours = { previous: waiting[place - 1]?.id ?? null, next: waiting[place + 1]?.id ?? null };
  const others = waiting.filter((each) => each.id !== id).length;
  return { review, score, alike, others, neighbours, now: house.clock.now(), answered };
}

const form = z.object({
  answer: z.enum(["publish", ...returnReasons]),
  words: z.string().trim().max(4_000, "tooLong").optional(),
});

/** Publishes or returns, then goes to the next submission, or back to the queue when it was the last. */
export async function action(args: ActionFunctionArgs) {
  const { db, house, viewer, locale } = await enterStaff(args, "judgeWorks");
  const submissionId = idOf(args);
  const given = await readForm(args.request, form);
  if (!given.ok) return sendBack(given.answer);
  const { answer, words } = given.value;
  const input = { personId: viewer.id, submissionId };
  const outcome = await orRefuse(locale, () =>
    answer === "publish"
      ? publish(db, house, input)
      : returnSubmission(db, house, { ...input, reasonCode: answer, reason: words || null }),
  );
  if (!outcome.ok) {
    if (outcome.refusal.code === "not_found") throw missing();
    return sendBack({ ...outcome.answer, values: { words: words ?? "" } });
  }
  const next = await findNextWaiting(db, viewer.id, submissionId);
  const fait = { fait: submissionId };
  return redirect(
    next ? pathTo("deskSubmission", locale, { id: next }, fait) : pathTo("desk", locale, {}, fait),
    303,
  );
}

/** An address that holds no id leads nowhere, and never reaches the database. */
function idOf({ params }: { params: Record<string, string | undefined> }): string {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw missing();
  return id.data;
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) => {
  const words = deskWords(localeOf(location.pathname));
  return [{ title: `${data?.review.work.title || words.noTitle} · ${words.title}` }];
};

export default function Submission() {
  const { review, score, alike, others, neighbours, now, answered } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = deskWords(locale);
  const { work } = review;
  return (
    <div className="page stack">
      <DeskTabs locale={locale} />
      <AnsweredNotice locale={locale} answered={answered} />
      <ReviewKeys locale={locale} neighbours={neighbours} key={review.id} />
      <header className="review-head">
        <LargeCover work={work} locale={locale} />
        <div className="stack stack-tight">
          <p className="soft small">
            {words.kindBy[work.kind](review.member.name, review.coop.name)},{" "}
            {words.submittedAt(dateTime(locale, review.submittedAt))}
            {review.decision === null && `. ${sinceWords(locale, review.submittedAt, now)}`}
          </p>
          <h1 tabIndex={-1} data-review-title>
            {work.title || words.noTitle}
          </h1>
          {work.subtitle && <p className="lead">{work.subtitle}</p>}
          {review.note && (
            <blockquote className="review-note">
              <p className="small soft">{words.note}</p>
              <p>{review.note}</p>
            </blockquote>
          )}
          <p className="small soft">{words.position(others)}</p>
        </div>
      </header>
      <div className="review">
        <div className="review-side stack stack-loose">
          <LooksLike works={alike} of={work.id} locale={locale} />
          <Checks checks={review.checks} locale={locale} />
          <ScorePanel {...score} locale={locale} to={mendedAtDesk(locale, work.id)}>
            <p className="small">
              <Link to={pathTo("deskRecord", locale, { id: work.id })}>{scoreWords(locale).all}</Link>
            </p>
          </ScorePanel>
          <Price work={work} locale={locale} />
          <Shares shares={review.shares} locale={locale} />
        </div>
        <div className="review-main stack stack-loose">
          <Comparisons rows={review.comparison} locale={locale} />
          {work.kind === "album" && <Tracks tracks={review.tracks} locale={locale} />}
          {work.kind === "book" && <Sample review={review} locale={locale} />}
          <Files files={review.files} locale={locale} />
          <Former review={review} locale={locale} />
        </div>
        <div className="review-answer">
          {review.decision === null ? (
            <Answer locale={locale} key={review.id} />
          ) : (
            <Decided review={review} locale={locale} />
          )}
        </div>
      </div>
    </div>
  );
}

/** The cover leads to its largest size: a curator looks at it closely. */
function LargeCover({ work, locale }: { work: Review["work"]; locale: Locale }) {
  const cover = <Cover work={work} locale={locale} sizes="11rem" eager named />;
  return work.cover ? <a href={coverAddress(locale, work.cover)}>{cover}</a> : cover;
}

function Answer({ locale }: { locale: Locale }) {
  const answer = useActionData<typeof action>();
  const { decide, reasons } = deskWords(locale);
  const busy = useNavigation().state !== "idle";
  return (
    <section className="card stack" aria-labelledby="answer-title">
      <h2 id="answer-title">{decide.title}</h2>
      <FormNotice locale={locale} answer={answer} />
      <Form method="post" className="stack stack-tight">
        <button
          type="submit"
          className="button wide"
          name="answer"
          value="publish"
          disabled={busy}
          data-review="publish"
        >
          {decide.publish} <Key>P</Key>
        </button>
        <p className="small soft">{decide.publishHint}</p>
      </Form>
      <hr />
      <Form method="post" className="stack">
        <h3>{decide.return}</h3>
        <p className="small soft">{decide.returnHint}</p>
        <TextArea
          locale={locale}
          name="words"
          label={
            <>
              {decide.words} <Key>M</Key>
            </>
          }
          hint={decide.wordsHint}
          answer={answer}
          rows={4}
          maxLength={4000}
        />
        <fieldset className="review-reasons">
          <legend className="label">
            {decide.reasonsLabel} <Key>R</Key>
          </legend>
          {returnReasons.map((code) => (
            <button
              key={code}
              type="submit"
              name="answer"
              value={code}
              className="button quiet small"
              disabled={busy}
              data-review="reason"
            >
              {reasons[code].label}
            </button>
          ))}
        </fieldset>
      </Form>
    </section>
  );
}

function Decided({ review, locale }: { review: Review; locale: Locale }) {
  const words = deskWords(locale);
  if (!review.decision || !review.decidedAt) return null;
  return (
    <section className="card stack" aria-labelledby="answer-title">
      <h2 id="answer-title">{words.decide.title}</h2>
      <p>{words.decidedAlready[review.decision](date(locale, review.decidedAt))}</p>
      <p>
        <Link to={pathTo("desk", locale)}>{words.tabs.queue}</Link>
      </p>
    </section>
  );
}

function Former({ review, locale }: { review: Review; locale: Locale }) {
  const words = deskWords(locale);
  const { reasons } = words;
  if (review.former.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="former-title">
      <h2 id="former-title">{words.former}</h2>
      <ul className="plain-list stack">
        {review.former.map((each) => (
          <li key={each.decidedAt.toISOString()}>
            <p>
              {words.decidedAlready[each.decision](date(locale, each.decidedAt))}{" "}
              {each.reasonCode && reasons[each.reasonCode as keyof typeof reasons]?.label}
            </p>
            {each.reason && <blockquote className="review-note">{each.reason}</blockquote>}
          </li>
        ))}
      </ul>
    </section>
  );
}
