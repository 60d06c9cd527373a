/**
 * What each field of a record is worth, out of 100, and why. One table for each kind of record; `score.test.ts` holds the sums.
 * `docs/catalogue.md` § score says the same to people.
 */

/** Of a book: what is asked of it by shops, libraries and readers. */
const book = {
  title: 5, //            nothing is found without it; but no work is published without it either
  contributors: 10, //    who made it, each with a role that says what they did
  authority: 12, //       a name without an authority is a homonym: this is what links us to libraries and encyclopedias
  identifiers: 10, //     one valid ISBN for each format: how a shop tells two editions apart
  description: 12, //     200 characters to choose by, and for a search to read
  subjects: 10, //        a Thema or CLIL code: a shelf in every shop, whatever its language
  cover: 10, //           1 000 pixels: below, other shops refuse it
  language: 6,
  originalLanguage: 6, // what is made in French cannot be counted without it
  publishedOn: 5,
  publisher: 4,
  licence: 4, //          a licence or a price: under what terms it may be had
  accessibility: 6, //    e-books: who reads by ear must know before buying; « no information » is a statement too
};

/** Of an album. No accessibility statement exists for sound; its recordings are identified instead, one by one. */
const album = {
  title: 5,
  contributors: 10,
  authority: 12,
  identifiers: 4, //      the barcode of the album
  isrc: 16, //            each recording: how those who play it are known, and those who made it paid
  description: 12,
  subjects: 8, //         a genre at least: codes of books do not speak of music
  cover: 10,
  language: 6, //         or « no words »
  originalLanguage: 4,
  publishedOn: 5,
  publisher: 4, //        the label
  licence: 4,
};

/** Of a person or group. */
const person = {
  authority: 50, //       ISNI, Wikidata, VIAF, MusicBrainz, BAnQ; or searched, and none found, on that day
  about: 20, //           80 characters that tell two homonyms apart
  sortName: 15, //        where a list puts the person, looked at by somebody
  roles: 15, //           « contributed » says nothing of what was done
};

export const weights = { book, album, person } as const;
export type WorkField = keyof typeof book | keyof typeof album;
export type PersonField = keyof typeof person;

export const workFields = (kind: "book" | "album"): WorkField[] => Object.keys(weights[kind]) as WorkField[];
export const weightOf = (kind: "book" | "album", field: WorkField): number =>
  (weights[kind] as Partial<Record<WorkField, number>>)[field] ?? 0;

/** What the catalogue is judged by: the checks of records, with the points that they have among all checks of discoverability. */
export const catalogueChecks = {
  /** No identifier with a wrong check digit in what is published. */
  identifiers: { of: 21, target: 1 },
  /** People with a confirmed authority, or « searched, none ». */
  authority: { of: 27, target: 0.8 },
  /** Works with description, subject, cover, date, publisher, language, original language, and licence or price. */
  completeness: { of: 21, target: 0.9 },
  /** E-books with an accessibility statement. */
  accessibility: { of: 14, target: 1 },
  /** The French share of what is shown first, over its share of the catalogue. */
  french: { of: 17, target: 1 },
} as const;
export type CatalogueCheck = keyof typeof catalogueChecks;

/** The fields that a complete work has. */
export const completeFields = [
  "description",
  "subjects",
  "cover",
  "publishedOn",
  "publisher",
  "language",
  "originalLanguage",
  "licence",
] as const satisfies readonly WorkField[];
