/** What is exchanged of a work: the shape that every format is written from and read into. Pure. */
import type { Accessibility } from "../catalogue/queries.server.ts";
import type { Role } from "../metadata/roles.ts";

export const FORMATS = ["epub", "pdf", "music"] as const;
export type Format = (typeof FORMATS)[number];
export type WorkKind = "book" | "album";

export type SentContributor = {
  name: string;
  role: Role;
  sortName?: string;
  kind?: "group";
  identifiers?: { scheme: string; value: string }[];
};

/** `format` of the edition that bears it; absent where it names the work, or nobody knows. */
export type SentIdentifier = { scheme: string; value: string; format?: Format };
export type SentSubject = { label: string; scheme?: string; code?: string };
/** `amount` and `suggested` in minor units; `open`: the buyer names the price, from `amount`. */
export type SentPrice = { kind: "fixed" | "open"; amount: number; suggested?: number; currency: string };

/** `position` on its disc. `credits`: whom the track itself names. */
export type SentTrack = {
  disc: number;
  position: number;
  title: string;
  isrc?: string;
  durationMs?: number;
  credits: { name: string; role: Role }[];
  /** The name of the file of its sound, where a folder came with the table. */
  file?: string;
};

export type SentFields = {
  title: string;
  subtitle: string;
  sortTitle: string;
  /** BCP 47. */
  language: string;
  originalLanguage: string;
  /** All of them, where there are several. */
  languages: string[];
  contributors: SentContributor[];
  identifiers: SentIdentifier[];
  publisher: string;
  /** « 1909 », « 1909-05 » or « 1909-05-31 ». */
  publishedOn: string;
  description: { fr?: string; en?: string };
  subjects: SentSubject[];
  series: { name: string; position?: number };
  rights: string;
  /** The address of a licence. */
  licence: string;
  pageCount: number;
  wordCount: number;
  accessibility: Accessibility;
  layout: "reflowable" | "pre-paginated";
  price: SentPrice;
  /** Where the cover can be fetched. It is kept as what it is, an address: nothing is fetched from here. */
  coverLink: string;
  /** Of an album, in their order. */
  tracks: SentTrack[];
};
export type SentField = keyof SentFields;

/** In the order in which people are told of them. */
export const SENT_FIELDS = [
  "title",
  "subtitle",
  "sortTitle",
  "contributors",
  "identifiers",
  "language",
  "languages",
  "originalLanguage",
  "publisher",
  "publishedOn",
  "series",
  "subjects",
  "description",
  "rights",
  "licence",
  "pageCount",
  "wordCount",
  "accessibility",
  "layout",
  "price",
  "coverLink",
  "tracks",
] as const satisfies readonly SentField[];

/** A work as it goes out: `fields` holds only what is known. */
export type CatalogueRecord = {
  workId: string;
  slug: string;
  kind: WorkKind;
  state: "draft" | "submitted" | "returned" | "published" | "withdrawn";
  coop: { slug: string; name: string; place: string };
  formats: Format[];
  fields: Partial<SentFields>;
  /** How many of its tracks have their sound. */
  recordings: number;
  /** A cover of our own; `fields.coverLink` then leads to it. */
  hasCover: boolean;
  updatedAt: Date;
};

/**
 * One product of a message, or one line of a table. A field that is absent was not spoken of; null says that there is none.
 * `tags`: where each field was read, for the claim's source.
 */
export type Sent = {
  reference: string;
  kind: WorkKind;
  formats: Format[];
  /** As our own exports name the work: the same row, where it is the same co-op of the same house. */
  workId?: string;
  /** As others name the work that several products are forms of. */
  workKeys: string[];
  /** ISBNs of the same work in other formats. */
  siblings: string[];
  /** It is no longer sold: taken off the shelf, never deleted. */
  withdrawn: boolean;
  /** Names of files that came beside a table, those of tracks last. */
  files?: string[];
  fields: { [Field in SentField]?: SentFields[Field] | null };
  tags: { [Field in SentField]?: string };
};

/** A product or a line as it was read: `place` counts from 1; `problem` where nothing can be made of it. */
export type SentLine = { place: number; name: string } & (
  | { sent: Sent; warnings: Problem[] }
  | { problem: Problem }
);

export type ProblemCode =
  | "title_missing"
  | "reference_missing"
  | "print_only"
  | "isbn_invalid"
  | "value_dropped"
  | "nobody"
  | "withdraw_unknown"
  | "withdraw_by_person"
  | "other_work"
  | "track_alone"
  | "track_unread";
export type Problem = { code: ProblemCode; detail?: string };

/** What becomes, or would become, of a line. `fields`: what changes; `kept`: what was sent otherwise, and stays as a person said it. */
export type Fate = { place: number; name: string; warnings: Problem[] } & (
  | { fate: "new"; workId: string | null; memberName: string }
  | { fate: "changed"; workId: string | null; fields: SentField[]; kept: SentField[] }
  | { fate: "unchanged"; workId: string | null; kept: SentField[] }
  | { fate: "withdrawn"; workId: string }
  | { fate: "refused"; problem: Problem }
);
export const FATES = ["new", "changed", "unchanged", "withdrawn", "refused"] as const;
