import { Form, Link } from "@remix-run/react";
import type { WorkBeside, WorkDouble, WorkMerge, WorkTie } from "#domain/curation/double-queries.server.ts";
import { bytes } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { mergingWords } from "#i18n/merging.ts";
import { pathTo } from "#i18n/paths.ts";
import { refusalWords } from "#i18n/refusals.ts";
import { studioWords } from "#i18n/studio.ts";
import { JoinedList, Lines, LookFor, SideBySide, type SideRow } from "./merging-parts.tsx";

type Beside = Omit<WorkBeside, "isbns" | "files" | "side">;
/** With the name of its language, which comes from the server: browsers do not all know them by the same. */
export type Spoken<W> = W & { spoken: string | null };

/** What may be the same work as this one, what was joined to it, and how it stands to others: for the desk and for the studio. */
export function WorkDoubles({
  work,
  doubles,
  merges,
  ties,
  wanted,
  locale,
}: {
  work: Spoken<Beside>;
  doubles: Spoken<WorkDouble>[];
  merges: WorkMerge[];
  ties: Spoken<WorkTie>[];
  wanted: string | null;
  locale: Locale;
}) {
  const words = mergingWords(locale);
  return (
    <>
      <section className="stack" aria-labelledby="doubles-title">
        <h2 id="doubles-title">{words.works.title}</h2>
        {work.kind === "album" ? (
          <p className="soft">{words.works.albums}</p>
        ) : (
          <>
            {doubles.length === 0 && <p className="soft">{words.works.empty}</p>}
            {doubles.map((double) => (
              <DoubleWorks key={double.id} work={work} double={double} locale={locale} />
            ))}
            <LookFor label={words.works.look} hint={words.works.lookHint} wanted={wanted} locale={locale} />
          </>
        )}
      </section>
      <JoinedList
        title={words.works.joined}
        merges={merges.map(({ gone, ...merge }) => ({ ...merge, name: gone.title || "–" }))}
        locale={locale}
      />
      <Ties ties={ties} locale={locale} />
    </>
  );
}

function DoubleWorks({
  work,
  double,
  locale,
}: {
  work: Spoken<Beside>;
  double: Spoken<WorkDouble>;
  locale: Locale;
}) {
  const words = mergingWords(locale).works;
  const titleId = `double-${double.id}`;
  const button = (act: string, label: string, look: string) => (
    <button
      type="submit"
      className={`button ${look} small`}
      name="act"
      value={act}
      aria-describedby={titleId}
    >
      {label}
    </button>
  );
  const joins = double.keep === null || double.give === null;
  return (
    <article className="double stack" aria-labelledby={titleId}>
      <h3 id={titleId}>
        {double.title || "–"}{" "}
        <span className={`tag${double.why === "wanted" ? "" : " good"}`}>{words.why[double.why]}</span>
        {double.translation && <span className="tag">{words.translation}</span>}
      </h3>
      <SideBySide
        caption={`${work.title}, ${double.title}`}
        heads={[words.this, words.other]}
        rows={rowsOf(locale, work, double)}
      />
      <Form method="post" className="stack">
        <input type="hidden" name="other" value={double.id} />
        {joins && double.sameFormat && (
          <fieldset className="stack stack-tight">
            <legend className="label">{words.current}</legend>
            <label className="choice">
              <input type="radio" name="current" value="kept" defaultChecked />
              <span>{words.currentKept}</span>
            </label>
            <label className="choice">
              <input type="radio" name="current" value="gone" />
              <span>{words.currentGone}</span>
            </label>
            <p className="hint">{words.currentHint}</p>
          </fieldset>
        )}
        <div className="double-acts">
          {double.keep === null && button("keep", words.keepThis, "")}
          {double.give === null && button("give", words.keepOther, double.keep === null ? "quiet" : "")}
          {button("translation", words.link, double.translation ? "" : "quiet")}
          {button("apart", words.apart, "quiet")}
        </div>
        <Obstacles double={double} locale={locale} />
      </Form>
    </article>
  );
}

/** Why it cannot be joined, said before anybody tries; once where both ways stand against the same. */
function Obstacles({ double: { keep, give, translation }, locale }: { double: WorkDouble; locale: Locale }) {
  const words = mergingWords(locale).works;
  if (translation || (keep === null && give === null)) return null;
  if (keep === give && keep !== null) return <p className="small soft">{refusalWords(locale, keep)}</p>;
  return (
    <>
      {keep !== null && <p className="small soft">{words.cannotThis(refusalWords(locale, keep))}</p>}
      {give !== null && <p className="small soft">{words.cannotOther(refusalWords(locale, give))}</p>}
    </>
  );
}

function rowsOf(locale: Locale, one: Spoken<Beside>, other: Spoken<Beside>): SideRow[] {
  const words = mergingWords(locale).works;
  const { states } = studioWords(locale);
  const rows: { key: keyof typeof words.rows; of: (side: Spoken<Beside>) => string[] }[] = [
    { key: "title", of: ({ title, subtitle }) => [title || "–", subtitle ?? ""].filter(Boolean) },
    { key: "by", of: ({ credits }) => [...new Set(credits.map(({ name }) => name))].slice(0, 6) },
    { key: "language", of: ({ spoken }) => (spoken ? [spoken] : []) },
    {
      key: "published",
      of: ({ publisher, publishedOn }) => [publisher ?? "", publishedOn ?? ""].filter(Boolean),
    },
    { key: "state", of: ({ state }) => [states[state]] },
    { key: "studio", of: ({ memberName }) => [memberName] },
    {
      key: "editions",
      of: ({ editions }) =>
        editions.map(({ format, isbn, fileName, bytes: size, former }) =>
          [
            format.toUpperCase(),
            isbn ? `ISBN ${isbn}` : "",
            fileName ?? "",
            size > 0 ? bytes(locale, size) : "",
            former ? words.former : "",
          ]
            .filter(Boolean)
            .join(", "),
        ),
    },
    { key: "sold", of: ({ sold }) => [words.sold(sold)] },
  ];
  return rows
    .map(({ key, of }) => ({ key, a: of(one), b: of(other) }))
    .filter(({ a, b }) => a.length + b.length > 0)
    .map(({ key, a, b }) => ({
      key,
      label: words.rows[key],
      one: <Lines of={a} />,
      other: <Lines of={b} />,
      same: a.join("\n") === b.join("\n"),
    }));
}

function Ties({ ties, locale }: { ties: Spoken<WorkTie>[]; locale: Locale }) {
  const words = mergingWords(locale).works;
  if (ties.length === 0) return null;
  return (
    <section className="stack stack-tight merging-part" aria-labelledby="ties-title">
      <h2 id="ties-title">{words.ties}</h2>
      <ul className="plain-list merging-list">
        {ties.map(({ id, slug, title, spoken, tie }) => (
          <li key={id}>
            <span>
              <Link to={pathTo("work", locale, { slug })}>{title || "–"}</Link>{" "}
              <span className="soft small">{[words.tie[tie], spoken].filter(Boolean).join(", ")}</span>
            </span>
            <Form method="post">
              <input type="hidden" name="other" value={id} />
              <button
                type="submit"
                className="button quiet small"
                name="act"
                value="forget"
                aria-label={words.forgetOf(title)}
              >
                {words.forget}
              </button>
            </Form>
          </li>
        ))}
      </ul>
    </section>
  );
}
