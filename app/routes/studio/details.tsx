import "#app/styles/studio.css";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { Cover } from "#app/components/cover.tsx";
import { KeptDraft } from "#app/components/kept-draft.tsx";
import { LanguageOptions } from "#app/components/language-options.tsx";
import { languagesFor } from "#app/components/offered-languages.ts";
import { PriceChoice } from "#app/components/price-choice.tsx";
import {
  type Origin,
  OriginMark,
  RecordInput,
  RecordSelect,
  RecordText,
} from "#app/components/record-field.tsx";
import { RecordQuality } from "#app/components/record-quality.tsx";
import { PeopleRows, TrackRows } from "#app/components/record-rows.tsx";
import { DoneNotice, WorkFrame } from "#app/components/studio-frame.tsx";
import { type FormAnswer, orRefuse, receive } from "#app/http/form.server.ts";
import { useLocale } from "#app/http/locale.ts";
import { orderTracks } from "#domain/catalogue/order-tracks.server.ts";
import { setPrice } from "#domain/catalogue/set-price.server.ts";
import { listCoopMembers } from "#domain/membership/queries.server.ts";
import { confirmRecord } from "#domain/metadata/confirm-record.server.ts";
import { correctRecord } from "#domain/metadata/correct-record.server.ts";
import { recordSeen } from "#domain/metadata/record-seen.server.ts";
import { ROLES } from "#domain/metadata/roles.ts";
import { scoreOfWork } from "#domain/metadata/score-queries.server.ts";
import { frameWords } from "#i18n/frame.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { studioRecordWords, studioWords } from "#i18n/studio.ts";
import { enterWork, headOf } from "./enter-work.server.ts";
import { readDraft, seenIn } from "./read-draft.server.ts";
import { draftOf, type RecordDraft } from "./record-draft.ts";

export async function loader(args: LoaderFunctionArgs) {
  const { db, locale, work, url } = await enterWork(args);
  const [members, score, seen] = await Promise.all([
    listCoopMembers(db, work.coop.id),
    scoreOfWork(db, work.id),
    recordSeen(db, work.id),
  ]);
  return {
    work: headOf(work),
    draft: draftOf(work, locale),
    origins: work.origins,
    tracks: Object.fromEntries(
      work.tracks.map(({ id, durationMs, isrc, fileName }) => [id, { durationMs, isrc, fileName }]),
    ),
    known: members.map(({ name }) => name),
    languages: languagesFor(locale, [work.language, work.originalLanguage]),
    saved: url.searchParams.has("fait"),
    score,
    // So that what somebody else writes meanwhile, at the desk or in another tab, is not written over unseen.
    seen: JSON.stringify(seen),
  };
}

type DetailsAnswer = FormAnswer & {
  draft?: RecordDraft;
  problems?: Record<string, string>;
  /** What the form shows of the record from now on. */
  seen?: string;
};

export async function action(args: ActionFunctionArgs) {
  const { db, house, locale, viewer, work } = await enterWork(args);
  const form = await receive(args.request);
  const read = readDraft(form, work, locale);
  const back = (answer: DetailsAnswer) => data({ ...answer, draft: read.draft }, 422);
  // What was kept in the browser is shown again, with what the page had shown then, and nothing is written.
  if (form.has("resume")) return data({ draft: read.draft, seen: JSON.stringify(seenIn(form) ?? {}) });
  if (Object.keys(read.problems).length > 0) {
    return back({ problems: read.problems, refusal: frameWords(locale).forms.summary });
  }
  const mine = { personId: viewer.id, workId: work.id };
  const { tracks, price } = read;
  const done = await orRefuse(locale, async () => {
    await correctRecord(db, house, { ...mine, as: "artist", values: read.values, seen: seenIn(form) });
    if (tracks && !sameTracks(tracks, work.tracks)) await orderTracks(db, house, { ...mine, tracks });
    if (price) await setPrice(db, house, { ...mine, price });
    if (form.get("mend") === "confirm") await confirmRecord(db, house, { ...mine, as: "artist" });
  });
  if (!done.ok) {
    const { forms } = frameWords(locale);
    // Told who wrote what meanwhile: sent again, it is written over.
    if (done.refusal.code === "record_changed")
      return back({ ...done.answer, seen: JSON.stringify(await recordSeen(db, work.id)) });
    const { field } = done.refusal.details;
    const problems = typeof field === "string" ? { [field]: forms.invalid } : {};
    // The field says it itself, under its own name.
    return back(typeof field === "string" ? { problems, refusal: forms.summary } : done.answer);
  }
  return redirect(pathTo("studioDetails", locale, { id: work.id }, { fait: 1 }), 303);
}

const sameTracks = (given: { id: string; title: string }[], known: { id: string; title: string }[]) =>
  given.length === known.length &&
  given.every(({ id, title }, i) => known[i]?.id === id && known[i].title === title);

export const meta: MetaFunction<typeof loader> = ({ location, data }) => {
  const words = studioWords(localeOf(location.pathname));
  return [{ title: `${words.work.details}, ${data?.work.title || words.untitled} · ventes.coop` }];
};

export default function Details() {
  const { work, draft: kept, known, saved, score, seen, tracks } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioRecordWords(locale);
  const answer = useActionData<typeof action>() as DetailsAnswer | undefined;
  const busy = useNavigation().state !== "idle";
  const draft = answer?.draft ?? kept;
  const problems = answer?.problems ?? {};
  return (
    <WorkFrame locale={locale} work={work}>
      <Form method="post" key={JSON.stringify(draft)}>
        <input type="hidden" name="seen" value={answer?.seen ?? seen} />
        <fieldset className="two-columns" disabled={work.state === "submitted"}>
          <legend className="visually-hidden">{words.title}</legend>
          <div className="stack stack-loose">
            <p className="lead">{words.lead}</p>
            {saved && !answer && <DoneNotice>{words.saved}</DoneNotice>}
            <KeptDraft locale={locale} place={`details:${work.id}`} seen={seen} saved={saved && !answer} />
            {answer?.refusal && (
              <p className="notice bad" role="alert">
                {answer.refusal}
              </p>
            )}
            <About draft={draft} problems={problems} />
            <People draft={draft} problem={problems.people ?? problems.contributors} known={known} />
            {work.kind === "album" && (
              <section className="stack">
                <h2>{words.sections.tracks}</h2>
                {problems.tracks && <p className="problem">{problems.tracks}</p>}
                {draft.tracks.length === 0 ? (
                  <p className="soft">{words.noTracks}</p>
                ) : (
                  <>
                    <p className="small soft">{words.trackHint}</p>
                    <TrackRows locale={locale} tracks={draft.tracks} facts={tracks} />
                  </>
                )}
              </section>
            )}
            <ToFind draft={draft} problems={problems} />
            <section className="stack" id="price">
              <h2>{words.sections.price}</h2>
              <p className="soft">{words.priceLead}</p>
              <PriceChoice locale={locale} draft={draft} problems={problems} />
            </section>
            <div className="row save-row">
              <button type="submit" className="button" disabled={busy}>
                {busy ? frameWords(locale).forms.saving : words.save}
              </button>
              <Link to={pathTo("studioShares", locale, { id: work.id })}>
                {studioWords(locale).work.next.shares}
              </Link>
            </div>
          </div>
          <aside className="stack cover-aside">
            <h3>{words.cover}</h3>
            <Cover work={work} locale={locale} sizes="16rem" named />
            <p className="small">
              <Link to={pathTo("studioFiles", locale, { id: work.id })}>{words.coverChange}</Link>
            </p>
            <RecordQuality work={work} score={score} locale={locale} />
          </aside>
        </fieldset>
      </Form>
    </WorkFrame>
  );
}

type Section = { draft: RecordDraft; problems: Record<string, string> };

function useOrigin(): (field: string) => Origin | undefined {
  const { origins } = useLoaderData<typeof loader>();
  return (field) => origins[field];
}

function About({ draft, problems }: Section) {
  const { work, languages } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioRecordWords(locale);
  const origin = useOrigin();
  return (
    <section className="stack">
      <h2>{words.sections.about}</h2>
      <RecordInput
        locale={locale}
        name="title"
        label={words.workTitle}
        origin={origin("title") ?? origin("albumTitle")}
        problem={problems.title}
        defaultValue={draft.title}
        maxLength={1000}
      />
      <RecordInput
        locale={locale}
        name="subtitle"
        label={words.subtitle}
        origin={origin("subtitle")}
        problem={problems.subtitle}
        defaultValue={draft.subtitle}
        optional
        maxLength={1000}
      />
      <div className="fields">
        <RecordSelect
          locale={locale}
          name="language"
          label={words.language}
          origin={origin("language")}
          problem={problems.language}
          defaultValue={draft.language}
        >
          <LanguageOptions
            locale={locale}
            languages={languages}
            chosen={draft.language}
            wordless={work.kind === "album"}
          />
        </RecordSelect>
        {work.kind === "book" && (
          <RecordSelect
            locale={locale}
            name="originalLanguage"
            label={words.originalLanguage}
            hint={words.originalHint}
            origin={origin("originalLanguage")}
            problem={problems.originalLanguage}
            defaultValue={draft.originalLanguage}
            optional
          >
            <LanguageOptions locale={locale} languages={languages} chosen={draft.originalLanguage} />
          </RecordSelect>
        )}
      </div>
      <RecordText
        locale={locale}
        name="descriptionFr"
        label={words.descriptionFr}
        hint={words.descriptionHint}
        origin={draft.descriptionFr ? origin("description") : undefined}
        problem={problems.description}
        defaultValue={draft.descriptionFr}
        lang="fr"
        maxLength={20_000}
      />
      <RecordText
        locale={locale}
        name="descriptionEn"
        label={words.descriptionEn}
        origin={draft.descriptionEn ? origin("description") : undefined}
        defaultValue={draft.descriptionEn}
        lang="en"
        optional
        maxLength={20_000}
      />
    </section>
  );
}

function People({
  draft,
  problem,
  known,
}: {
  draft: RecordDraft;
  problem: string | undefined;
  known: string[];
}) {
  const { work } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioRecordWords(locale);
  const origin = useOrigin();
  return (
    <section className="stack" id="people">
      <div className="field-head">
        <h2>{words.sections.people}</h2>
        <OriginMark locale={locale} origin={origin("contributors") ?? origin("albumArtist")} />
      </div>
      <p className="small soft">{words.peopleHint}</p>
      {problem && <p className="problem">{problem}</p>}
      <PeopleRows
        locale={locale}
        people={draft.people}
        roles={ROLES}
        first={work.kind === "book" ? "author" : "performer"}
        known={known}
      />
    </section>
  );
}

function ToFind({ draft, problems }: Section) {
  const { work } = useLoaderData<typeof loader>();
  const locale = useLocale();
  const words = studioRecordWords(locale);
  const origin = useOrigin();
  const bearers = Object.entries(draft.isbn);
  return (
    <section className="stack" id="more">
      <h2>{words.sections.more}</h2>
      <RecordInput
        locale={locale}
        name="subjects"
        label={words.subjects}
        hint={words.subjectsHint}
        origin={origin("subjects") ?? origin("genre")}
        problem={problems.subjects}
        defaultValue={draft.subjects}
      />
      <div className="fields">
        {bearers.map(([bearer, value]) => (
          <RecordInput
            key={bearer}
            locale={locale}
            name={`isbn-${bearer}`}
            label={bearer === "work" ? words.isbn : `${words.isbn} (${bearer.toUpperCase()})`}
            hint={words.isbnHint}
            origin={value ? origin("identifiers") : undefined}
            problem={problems[`isbn-${bearer}`]}
            defaultValue={value}
            inputMode="numeric"
            optional
          />
        ))}
        {work.kind === "album" && (
          <RecordInput
            locale={locale}
            name="barcode"
            label={words.barcode}
            origin={draft.barcode ? origin("identifiers") : undefined}
            problem={problems.barcode}
            defaultValue={draft.barcode}
            inputMode="numeric"
            optional
          />
        )}
      </div>
      <div className="fields">
        <RecordInput
          locale={locale}
          name="seriesName"
          label={words.series}
          origin={origin("series")}
          problem={problems.series}
          defaultValue={draft.seriesName}
          optional
        />
        <RecordInput
          locale={locale}
          name="seriesPosition"
          label={words.position}
          problem={problems.seriesPosition}
          defaultValue={draft.seriesPosition}
          inputMode="decimal"
          optional
        />
      </div>
      <div className="fields">
        <RecordInput
          locale={locale}
          name="publisher"
          label={words.publisher}
          origin={origin("publisher")}
          problem={problems.publisher}
          defaultValue={draft.publisher}
          optional
        />
        <RecordInput
          locale={locale}
          name="publishedOn"
          label={words.publishedOn}
          hint={words.publishedHint}
          origin={origin("publishedOn")}
          problem={problems.publishedOn}
          defaultValue={draft.publishedOn}
          optional
        />
      </div>
    </section>
  );
}
