/**
 * What the machine can say about a submission before a person reads it. `missing` keeps it out of the shop; `look` asks for a
 * pair of eyes; `good` needs none. Codes only: the words live in `i18n/*\/desk.ts`.
 */
export type CheckCode =
  | "title"
  | "people"
  | "language"
  | "description"
  | "subjects"
  | "cover"
  | "files"
  | "file_warnings"
  | "tracks"
  | "sample"
  | "shares"
  | "shares_accepted"
  | "rule"
  | "price";
export type Check = { code: CheckCode; state: "good" | "look" | "missing"; count?: number };

/** The facts that a check needs, as one row of SQL counts them. */
export type CheckFacts = {
  kind: "book" | "album";
  title: string;
  language: string | null;
  descriptionLength: number;
  subjects: number;
  people: number;
  hasCover: boolean;
  files: number;
  warnings: number;
  tracks: number;
  tracksWithPreview: number;
  samples: number;
  sharers: number;
  accepted: number;
  hasRule: boolean;
  price: number;
  priceKind: "fixed" | "open";
};

/** Below this a description tells a reader too little to choose by: about two lines of the shop's page. */
const shortestDescription = 120;

export function checksOf(facts: CheckFacts): Check[] {
  const must = (code: CheckCode, holds: boolean): Check => ({ code, state: holds ? "good" : "missing" });
  const should = (code: CheckCode, holds: boolean): Check => ({ code, state: holds ? "good" : "look" });
  const free = facts.price === 0 && facts.priceKind === "fixed";
  return [
    must("title", facts.title.trim() !== ""),
    should("people", facts.people > 0),
    should("language", facts.language !== null),
    should("description", facts.descriptionLength >= shortestDescription),
    should("subjects", facts.subjects > 0),
    should("cover", facts.hasCover),
    must("files", facts.files > 0),
    { ...should("file_warnings", facts.warnings === 0), count: facts.warnings },
    ...(facts.kind === "album" ? [should("tracks", facts.tracks > 0 && facts.tracks >= facts.files)] : []),
    should(
      "sample",
      facts.kind === "album"
        ? facts.tracksWithPreview === facts.tracks && facts.tracks > 0
        : facts.samples > 0,
    ),
    must("shares", facts.sharers > 0),
    { ...should("shares_accepted", facts.accepted === facts.sharers), count: facts.sharers - facts.accepted },
    ...(free ? [] : [must("rule", facts.hasRule)]),
    should("price", !free),
  ];
}
