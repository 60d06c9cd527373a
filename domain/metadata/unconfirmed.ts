/** What uploaded files alone say of a work: claims that nobody has confirmed yet. Pure. */
import type { WorkFacts } from "./score.ts";

/** Fields of files that fill a field of the record. */
const spokenAs: Record<string, readonly string[]> = { contributors: ["contributors", "albumArtist"] };

/** Whether a file, and no person, speaks of this field. */
export function unconfirmed({ claims }: Pick<WorkFacts, "claims">, field: string): boolean {
  const about = claims.filter((claim) => (spokenAs[field] ?? [field]).includes(claim.field));
  return about.length > 0 && about.every(({ origin }) => origin === "file");
}

/** The same of one identifier: a person who gives the number of a file has looked at it. */
export function idUnconfirmed({ claims }: Pick<WorkFacts, "claims">, value: string): boolean {
  const saying = claims.filter(
    ({ field, value: said }) =>
      (field === "identifiers" || field === "isrc") && JSON.stringify(said).includes(`"${value}"`),
  );
  return saying.length > 0 && saying.every(({ origin }) => origin === "file");
}

const plainFields = [
  "title",
  "language",
  "originalLanguage",
  "description",
  "subjects",
  "publisher",
  "publishedOn",
  "rights",
  "accessibility",
  "contributors",
] as const;

const isEmpty = (value: unknown): boolean =>
  value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);

/** What the record shows on the word of files alone, as a person would claim it. */
export function unconfirmedValues(facts: WorkFacts): { field: string; value: unknown }[] {
  const isrcs = facts.tracks.flatMap(({ isrc }) => (isrc === null ? [] : [isrc]));
  return [
    ...plainFields
      .filter((field) => !isEmpty(facts[field]) && unconfirmed(facts, field))
      .map((field) => ({ field, value: facts[field] })),
    ...(facts.identifiers.some(({ value }) => idUnconfirmed(facts, value))
      ? [{ field: "identifiers", value: facts.identifiers }]
      : []),
    ...(isrcs.some((value) => idUnconfirmed(facts, value)) ? [{ field: "isrc", value: isrcs }] : []),
  ];
}
