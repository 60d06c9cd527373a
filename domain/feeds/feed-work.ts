import { gtin, isbn13, isrc } from "../metadata/identifiers.ts";

/** A published work as every feed tells it: one record, from which all of them are made. */
export type FeedIdentifier = { scheme: string; value: string };

export type FeedCredit = {
  id: string;
  slug: string;
  name: string;
  sortName: string | null;
  kind: "person" | "group";
  role: string;
  identifiers: FeedIdentifier[];
};

/** `types`: media types of the files that a buyer receives. */
export type FeedEdition = {
  id: string;
  format: "epub" | "pdf" | "music";
  types: string[];
  bytes: number;
  identifiers: FeedIdentifier[];
};

export type FeedTrack = {
  id: string;
  disc: number;
  position: number;
  title: string;
  isrc: string | null;
  durationMs: number | null;
  preview: { id: string; type: string; bytes: number; durationMs: number | null } | null;
  credits: FeedCredit[];
};

export type FeedWork = {
  id: string;
  slug: string;
  kind: "book" | "album";
  title: string;
  subtitle: string | null;
  sortTitle: string | null;
  language: string | null;
  originalLanguage: string | null;
  description: { fr?: string; en?: string };
  subjects: { scheme?: string; code?: string; label: string }[];
  series: { name: string; position?: number | null } | null;
  publisher: string | null;
  /** A year, a month or a day. */
  publishedOn: string | null;
  rights: string | null;
  pageCount: number | null;
  durationMs: number | null;
  accessibility: {
    accessModes?: string[];
    sufficientModes?: string[];
    features?: string[];
    hazards?: string[];
    summary?: string;
    conformsTo?: string;
    certifiedBy?: string;
  } | null;
  price: { kind: "fixed" | "open"; amount: number; suggested: number | null; currency: string };
  coop: { id: string; slug: string; name: string };
  credits: FeedCredit[];
  identifiers: FeedIdentifier[];
  editions: FeedEdition[];
  tracks: FeedTrack[];
  /** JPEG, smallest first. */
  covers: { id: string; width: number; height: number | null }[];
  sampleEpub: { id: string; bytes: number } | null;
  samplePages: number;
  /** The same book in other languages, each a work of its own. */
  translations?: { id: string; language: string | null }[];
  /** ISO 8601, with the microseconds of the database. */
  publishedAt: string;
  updatedAt: string;
};

/** « 12.00 »: minor units as the decimal number that feeds want. Every currency we sell in has cents. */
export const decimalPrice = (amount: number): string =>
  `${Math.trunc(amount / 100)}.${String(amount % 100).padStart(2, "0")}`;

/** ISO 8601 to the second, in UTC: what harvesters compare. */
export const secondOf = (at: string | Date): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** The words about it in this language, or in the other; whether there are none. */
export function describedIn(
  { description }: Pick<FeedWork, "description">,
  locale: "fr" | "en",
): { text: string; language: "fr" | "en" } | null {
  const other = locale === "fr" ? "en" : "fr";
  if (description[locale]) return { text: description[locale], language: locale };
  const text = description[other];
  return text ? { text, language: other } : null;
}

const checks = { isbn: isbn13, gtin, isrc } as const;

/** The first identifier of this scheme that its check digit or shape bears out: a wrong one is told to nobody. */
export function validCode(
  identifiers: readonly FeedIdentifier[],
  scheme: "isbn" | "gtin",
): string | undefined {
  for (const { scheme: theirs, value } of identifiers) {
    const code = theirs === scheme ? checks[scheme](value) : undefined;
    if (code) return code;
  }
  return undefined;
}

/** The first ISBN, of the work or of one of its editions. */
export const isbnOf = ({ identifiers, editions }: Pick<FeedWork, "identifiers" | "editions">) =>
  validCode([...identifiers, ...editions.flatMap((edition) => edition.identifiers)], "isbn");

/** The code of a recording, where it has the shape of one. */
export const isrcOf = ({ isrc: written }: Pick<FeedTrack, "isrc">): string | undefined =>
  written ? checks.isrc(written) : undefined;
