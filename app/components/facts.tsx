import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Accessibility, WorkPage } from "#domain/catalogue/queries.server.ts";
import { extensionOf } from "#domain/delivery/file-name.ts";
import { bytes, duration, language, number } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";
import { mergingWords } from "#i18n/merging.ts";
import { pathTo } from "#i18n/paths.ts";
import { shopWords } from "#i18n/shop.ts";

type Told = Pick<
  WorkPage,
  | "kind"
  | "language"
  | "originalLanguage"
  | "pageCount"
  | "wordCount"
  | "durationMs"
  | "editions"
  | "identifiers"
  | "publisher"
  | "publishedOn"
  | "subjects"
  | "rights"
  | "accessibility"
  | "translations"
  | "formerIsbns"
>;

/** What is known of a work, one line a fact; what is not known has no line, accessibility excepted. */
export function Facts({ work, locale }: { work: Told; locale: Locale }) {
  const all = shopWords(locale);
  const words = all.work.fact;
  const merged = mergingWords(locale).works;
  const isbns = work.editions.flatMap(({ format, identifiers }) =>
    identifiers.filter(({ scheme }) => scheme.startsWith("isbn")).map(({ value }) => ({ format, value })),
  );
  const plainIsbns = work.identifiers.filter(({ scheme }) => scheme.startsWith("isbn"));
  const facts: [string, ReactNode][] = [
    [words.language, work.language && language(locale, work.language)],
    [
      words.originalLanguage,
      work.originalLanguage &&
        work.originalLanguage !== work.language &&
        language(locale, work.originalLanguage),
    ],
    [
      words.formats,
      work.editions.length > 0 && (
        <ul className="plain-list">
          {work.editions.map(({ format, types, bytes: size }) => (
            <li key={format}>
              {format === "music"
                ? types.map((type) => extensionOf(type).toUpperCase()).join(", ")
                : all.work.music[format]}
              , {bytes(locale, size)}
            </li>
          ))}
        </ul>
      ),
    ],
    [words.pages, work.pageCount && all.work.pagesAbout(number(locale, work.pageCount))],
    [
      words.words,
      work.wordCount && all.work.pagesAbout(number(locale, Math.round(work.wordCount / 100) * 100)),
    ],
    [words.duration, work.kind === "album" && work.durationMs && duration(work.durationMs)],
    [words.publisher, work.publisher],
    [
      words.publishedOn,
      work.publishedOn && <time dateTime={work.publishedOn}>{partialDate(locale, work.publishedOn)}</time>,
    ],
    [
      words.isbn,
      (isbns.length > 0 || plainIsbns.length > 0) && (
        <ul className="plain-list">
          {isbns.map(({ format, value }) => (
            <li key={format + value}>
              {value} ({all.work.music[format]})
            </li>
          ))}
          {plainIsbns.map(({ value }) => (
            <li key={value}>{value}</li>
          ))}
        </ul>
      ),
    ],
    [
      words.subjects,
      work.subjects.length > 0 && (
        <ul className="subjects plain-list">
          {[...new Set(work.subjects.map(({ label }) => label))].map((label) => (
            <li key={label}>
              <Link to={pathTo("browse", locale, {}, { q: label })}>{label}</Link>
            </li>
          ))}
        </ul>
      ),
    ],
    [
      merged.alsoIn,
      work.translations.length > 0 && (
        <ul className="plain-list">
          {work.translations.map((other) => (
            <li key={other.slug}>
              <Link to={pathTo("work", locale, { slug: other.slug })} lang={other.language ?? undefined}>
                {other.title}
              </Link>
              {other.language && <span className="soft small"> {language(locale, other.language)}</span>}
            </li>
          ))}
        </ul>
      ),
    ],
    [merged.formerOf, work.formerIsbns.length > 0 && `ISBN ${work.formerIsbns.join(", ")}`],
    [words.rights, work.rights],
    [
      words.accessibility,
      work.kind === "book" && <AccessibilityFacts facts={work.accessibility} locale={locale} />,
    ],
  ];
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{all.work.facts}</h2>
      <dl className="facts">
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

/** « No information » is a statement too: a reader who depends on it must not be left guessing. */
function AccessibilityFacts({ facts, locale }: { facts: Accessibility | null; locale: Locale }) {
  const words = shopWords(locale).work;
  const features = (facts?.features ?? []).flatMap((each) => words.accessibility[each] ?? []);
  const hazards = (facts?.hazards ?? []).flatMap((each) => words.hazards[each] ?? []);
  const byText = facts?.sufficientModes?.some((each) => each === "textual") ?? false;
  if (!facts || (!byText && features.length === 0 && !facts.summary && !facts.conformsTo)) {
    return <>{words.accessibilityNone}</>;
  }
  return (
    <ul className="plain-list">
      {byText && <li>{words.accessibility.text}</li>}
      {features.length > 0 && <li>{capital(features.join(", "))}</li>}
      {hazards.length > 0 && (
        <li>
          {words.hazardWarning} {hazards.join(", ")}
        </li>
      )}
      {facts.conformsTo && (
        <li>
          {words.conformsTo} {facts.conformsTo}
        </li>
      )}
      {facts.summary && <li>{facts.summary}</li>}
    </ul>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** « 2025-02-14 » is a day, « 2025-02 » a month, « 2025 » a year: no more is said than is known. */
function partialDate(locale: Locale, edtf: string): string {
  const [year = "", month, day] = edtf.split("-");
  if (!/^\d{4}$/.test(year)) return edtf;
  if (!month) return year;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  return new Intl.DateTimeFormat(locale === "fr" ? "fr-CA" : "en-CA", {
    year: "numeric",
    month: "long",
    ...(day && { day: "numeric" }),
    timeZone: "UTC",
  }).format(at);
}
