/**
 * How a field of the record lies in the row of a work: from a claim's value to the column's. Pure.
 */
type Column = {
  column: string;
  json: boolean;
  fromClaim: (value: unknown, language: string | null) => unknown;
};

const same = (value: unknown) => value;

export const COLUMNS = {
  title: { column: "title", json: false, fromClaim: (value) => value ?? "" },
  subtitle: { column: "subtitle", json: false, fromClaim: same },
  language: { column: "language", json: false, fromClaim: same },
  originalLanguage: { column: "original_language", json: false, fromClaim: same },
  publisher: { column: "publisher", json: false, fromClaim: same },
  publishedOn: { column: "published_on", json: false, fromClaim: same },
  rights: { column: "rights", json: false, fromClaim: same },
  pageCount: { column: "page_count", json: false, fromClaim: same },
  wordCount: { column: "word_count", json: false, fromClaim: same },
  series: { column: "series", json: true, fromClaim: same },
  accessibility: { column: "accessibility", json: true, fromClaim: same },
  subjects: { column: "subjects", json: true, fromClaim: subjectsOf },
  description: { column: "description", json: true, fromClaim: bilingual },
} as const satisfies Record<string, Column>;

export type ColumnField = keyof typeof COLUMNS;
export const COLUMN_FIELDS = Object.keys(COLUMNS) as ColumnField[];

/** A file gives labels; a person may give a code of Thema or CLIL beside them. */
function subjectsOf(value: unknown): unknown {
  return Array.isArray(value)
    ? value.map((subject) => (typeof subject === "string" ? { label: subject } : subject))
    : [];
}

/** A file's description is in the language of the work, as far as anybody knows: French unless it says English. */
function bilingual(value: unknown, language: string | null): unknown {
  if (typeof value === "string") return { [language?.startsWith("en") ? "en" : "fr"]: value };
  return value ?? {};
}

export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** Whether two values of a column say the same, whatever the order of their keys. */
export function sameValue(one: unknown, other: unknown): boolean {
  return stable(one) === stable(other);
}

/** A value in words that are the same for the same value, whatever the order of its keys. */
export function stable(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, inner) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner)
            .filter(([, each]) => each !== undefined && each !== null)
            .sort(),
        )
      : inner,
  );
}
