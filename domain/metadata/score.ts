/**
 * How well a work is described, out of 100: a record in, its score and what is missing out. Pure. What a value comes from counts:
 * said by an uploaded file alone, it is a claim that nobody confirmed, and earns nothing.
 */
import { authorityId } from "./authorities.ts";
import { gtin, isbn13, isrc } from "./identifiers.ts";
import type { Origin } from "./merge.ts";
import { type WorkField, weightOf, workFields } from "./score-weights.ts";
import { subjectCode } from "./subject-codes.ts";
import { idUnconfirmed, unconfirmed } from "./unconfirmed.ts";

export const shortestDescription = 200;
/** Pixels, of the longer side. */
export const smallestCover = 1_000;

/** The record, as one row of SQL gives it. */
export type WorkFacts = {
  kind: "book" | "album";
  title: string;
  language: string | null;
  originalLanguage: string | null;
  description: { fr?: string; en?: string };
  subjects: { label: string; scheme?: string; code?: string }[];
  publisher: string | null;
  publishedOn: string | null;
  rights: string | null;
  accessibility: Record<string, unknown> | null;
  priceChosen: boolean;
  /** The longer side of the picture that was given, in pixels; null without a cover. */
  coverSide: number | null;
  /** Of the work itself; those of one track stand in `people` alone. */
  contributors: { name: string; role: string }[];
  /** Everybody named, once; `searched`: somebody looked for them in the authorities and found none. */
  people: { name: string; searched: boolean; identifiers: { scheme: string; value: string }[] }[];
  identifiers: { scheme: string; value: string; format: string | null }[];
  formats: string[];
  tracks: { isrc: string | null }[];
  /** Who ever said what; `value` for identifiers alone, of which each counts by itself. */
  claims: { field: string; origin: Origin; value?: unknown }[];
};

/** Why points are lost. `unconfirmed`: a file says it, nobody else. `some`: `count` of `of` are there. */
export type Why = "absent" | "unconfirmed" | "short" | "small" | "invalid" | "uncoded" | "some";
export type Missing<F extends string = string> = {
  field: F;
  points: number;
  why: Why;
  count?: number;
  of?: number;
};
export type Score<F extends string = string> = { score: number; missing: Missing<F>[] };

/** A part of the points, as a fraction of whole numbers, and why it is not all. */
type Found = { have: number; of: number; why: Why };
const whole: Found = { have: 1, of: 1, why: "absent" };
const none = (why: Why): Found => ({ have: 0, of: 1, why });

/** The costliest first. */
export function scoreWork(facts: WorkFacts): Score<WorkField> {
  return scoreOf(
    workFields(facts.kind).map((field) => [field, weightOf(facts.kind, field), checks[field](facts)]),
  );
}

export function scoreOf<F extends string>(found: readonly (readonly [F, number, Found])[]): Score<F> {
  const missing = found.flatMap(([field, weight, { have, of, why }]): Missing<F>[] => {
    const points = weight - Math.floor((weight * have) / of);
    if (points === 0) return [];
    return [{ field, points, why, ...(why === "some" || why === "short" ? { count: have, of } : {}) }];
  });
  return {
    score:
      found.reduce((sum, [, weight]) => sum + weight, 0) -
      missing.reduce((sum, each) => sum + each.points, 0),
    missing: missing.sort((a, b) => b.points - a.points),
  };
}

const said = (facts: WorkFacts, field: string, there: boolean): Found =>
  !there ? none("absent") : unconfirmed(facts, field) ? none("unconfirmed") : whole;

/** How many of the numbers wanted are there, valid and confirmed; the worst reason first. */
function numbers(
  facts: WorkFacts,
  given: (string | null)[],
  read: (raw: string) => string | undefined,
  of: number,
): Found {
  const there = given.filter((value): value is string => value !== null && value !== "");
  if (there.some((value) => read(value) !== value)) return none("invalid");
  const have = Math.min(of, new Set(there.filter((value) => !idUnconfirmed(facts, value))).size);
  if (have === 0 || have === of)
    return have === of ? whole : none(there.length > 0 ? "unconfirmed" : "absent");
  return { have, of, why: "some" };
}

const identified = ({ searched, identifiers }: WorkFacts["people"][number]) =>
  searched || identifiers.some(({ scheme, value }) => authorityId(scheme, value) !== undefined);

const checks: Record<WorkField, (facts: WorkFacts) => Found> = {
  title: (facts) => said(facts, "title", facts.title.trim() !== ""),
  contributors: (facts) => {
    const found = said(facts, "contributors", facts.contributors.length > 0);
    if (found.have === 0) return found;
    const have = facts.contributors.filter(({ role }) => role !== "contributor").length;
    return have === facts.contributors.length ? whole : { have, of: facts.contributors.length, why: "some" };
  },
  authority: ({ people }) => {
    if (people.length === 0) return none("absent");
    const have = people.filter(identified).length;
    return have === people.length ? whole : { have, of: people.length, why: have === 0 ? "absent" : "some" };
  },
  identifiers: (facts) => {
    const of = (scheme: string) =>
      facts.identifiers.flatMap((each) => (each.scheme === scheme ? [each.value] : []));
    if (facts.kind === "album") return numbers(facts, of("gtin"), gtin, 1);
    const formats = facts.formats.filter((format) => format !== "music");
    return numbers(facts, of("isbn"), isbn13, Math.max(1, formats.length));
  },
  isrc: (facts) =>
    numbers(
      facts,
      facts.tracks.map((track) => track.isrc),
      isrc,
      Math.max(1, facts.tracks.length),
    ),
  description: (facts) => {
    const length = Math.max(
      ...Object.values({ fr: "", ...facts.description }).map((text) => text.trim().length),
    );
    const found = said(facts, "description", length > 0);
    if (found.have === 0 || length >= shortestDescription) return found;
    return { have: length, of: shortestDescription, why: "short" };
  },
  subjects: (facts) => {
    const found = said(facts, "subjects", facts.subjects.length > 0);
    if (found.have === 0 || facts.kind === "album") return found;
    const coded = facts.subjects.some(({ scheme, code }) => scheme && code && subjectCode(scheme, code));
    return coded ? whole : none("uncoded");
  },
  cover: ({ coverSide }) =>
    coverSide === null ? none("absent") : coverSide >= smallestCover ? whole : none("small"),
  language: (facts) => said(facts, "language", facts.language !== null),
  // What has no words was made in no language.
  originalLanguage: (facts) =>
    facts.language === "zxx" && !unconfirmed(facts, "language")
      ? whole
      : said(facts, "originalLanguage", facts.originalLanguage !== null),
  publishedOn: (facts) => said(facts, "publishedOn", facts.publishedOn !== null),
  publisher: (facts) => said(facts, "publisher", facts.publisher !== null),
  licence: (facts) => (facts.priceChosen ? whole : said(facts, "rights", facts.rights !== null)),
  accessibility: (facts) =>
    said(facts, "accessibility", facts.accessibility !== null && Object.keys(facts.accessibility).length > 0),
};

/**
 * Whether a work was made in French. `stated`: its original language says so. `presumed`: nobody says what it was made in, but it is
 * in French and names no translator. Nothing is known of a work without a language.
 */
export function madeInFrench({
  language,
  originalLanguage,
  contributors,
}: Pick<WorkFacts, "language" | "originalLanguage" | "contributors">):
  | "stated"
  | "presumed"
  | "no"
  | "unknown" {
  const french = (tag: string) => tag.split("-")[0] === "fr";
  if (originalLanguage !== null) return french(originalLanguage) ? "stated" : "no";
  if (language === null) return "unknown";
  if (!french(language)) return "no";
  return contributors.some(({ role }) => role === "translator") ? "no" : "presumed";
}
