/** What is to change of several works at once: asked of all alike, or line by line in a table from outside. Pure. */
import type { HearingPolicy } from "../delivery/streams.ts";
import type { Change, Subject, Wish } from "./plan-shape.ts";

export type Stands = {
  id: string;
  kind: "book" | "album";
  language: string | null;
  publisher: string | null;
  rights: string | null;
  subjects: readonly Subject[];
  price: { kind: "fixed" | "open"; amount: number; suggested: number | null };
  priceChosen: boolean;
  hearing: HearingPolicy;
  freePlays: number | null;
};

/** A work as a wish would have to say it to change nothing. A price that nobody chose is none; of a book nothing is heard. */
export function asWish(work: Stands): Wish {
  const { kind, amount: least, suggested } = work.price;
  const price: NonNullable<Wish["price"]> =
    kind === "open"
      ? { kind: "open", floor: least, suggested }
      : least === 0
        ? { kind: "free" }
        : { kind: "fixed", amount: least };
  return {
    ...(work.priceChosen && { price }),
    language: work.language,
    publisher: work.publisher,
    rights: work.rights,
    subjects: [...work.subjects],
    ...(work.kind === "album" && { hearing: { policy: work.hearing, freePlays: work.freePlays } }),
  };
}

const fields = ["price", "language", "publisher", "rights", "subjects", "hearing"] as const;
export type PlanField = (typeof fields)[number];

/** Of what is wished, what is not so already; null where nothing is left. How an album is heard is not asked of a book. */
export function changeOf(work: Stands, wished: Wish): Change | null {
  const now = asWish(work);
  const asked = fields.filter(
    (field) => wished[field] !== undefined && !(field === "hearing" && work.kind === "book"),
  );
  const other = asked.filter((field) => text(now[field]) !== text(wished[field]));
  if (other.length === 0) return null;
  const only = (all: Wish): Wish => Object.fromEntries(other.map((field) => [field, all[field]]));
  return { ...only(wished), workId: work.id, before: only(now) };
}

/** The fields of a change that somebody changed since it was shown, to something else than what it wishes. */
export const changedSince = (work: Stands, each: Change): PlanField[] => {
  const now = asWish(work);
  return fieldsOfChange(each).filter(
    (field) => text(now[field]) !== text(each.before[field]) && text(now[field]) !== text(each[field]),
  );
};

export const fieldsOfChange = (each: Change): PlanField[] =>
  fields.filter((field) => each[field] !== undefined);

/** Labels joined to those that are there; one that is there already keeps its code. */
export function withSubjects(there: readonly Subject[], labels: readonly string[]): Subject[] {
  const known = new Set(there.map(({ label }) => label.toLowerCase()));
  return [...there, ...labels.filter((label) => !known.has(label.toLowerCase())).map((label) => ({ label }))];
}

/** The same value said twice is one text, whatever the order of its keys; nothing, an empty text and an empty list are alike. */
function text(value: unknown): string {
  if (value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0))
    return "";
  if (Array.isArray(value)) return `[${value.map(text).join()}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const said = Object.entries(value).filter(([, each]) => text(each) !== "");
  return `{${said
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${key}:${text(each)}`)
    .join()}}`;
}
