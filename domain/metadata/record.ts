/**
 * The shape of a catalogue record as it is gathered: which fields there are, and what a value of each must be. A value
 * that does not parse is never stored, wherever it comes from (a file, an artist, a curator).
 */
import { z } from "zod";
import { LONGEST } from "./clean-text.ts";
import { IDENTIFIER_SCHEMES } from "./identifiers.ts";
import { ROLES } from "./roles.ts";

const line = z.string().min(1).max(LONGEST.line);
const text = z.string().min(1).max(LONGEST.text);
const count = z.number().int().min(1).max(100_000_000);
const position = z.number().int().min(1).max(9_999);

export const identifierSchema = z.object({
  scheme: z.enum(IDENTIFIER_SCHEMES),
  value: z.string().min(1).max(500),
});

export const contributorSchema = z.object({
  name: z.string().min(1).max(LONGEST.name),
  /** « Tremblay, Éloïse »: how a list sorts the person. */
  sortName: z.string().min(1).max(LONGEST.name).optional(),
  role: z.enum(ROLES),
  /** The MARC relators that were folded into the role, as the file wrote them. */
  relators: z.array(z.string().min(1).max(40)).max(20).optional(),
  /** Named as a helper (dc:contributor, a composer beside the artist), not as a maker. */
  secondary: z.literal(true).optional(),
  /** What is played, for a performer. */
  instrument: z.string().min(1).max(LONGEST.name).optional(),
  identifiers: z.array(identifierSchema).max(10).optional(),
});

/** A word, or a heading of a list that has codes (Thema, BISAC, CLIL…). */
const subjectSchema = z.union([
  z.string().min(1).max(LONGEST.subject),
  z.object({
    label: z.string().min(1).max(LONGEST.subject),
    scheme: z.string().min(1).max(40),
    code: z.string().min(1).max(40).optional(),
  }),
]);

export const seriesSchema = z.object({
  name: line,
  /** Decimal, because volume 1.5 exists. */
  position: z.number().min(0).max(100_000).optional(),
});

/** EPUB Accessibility 1.1: what a reader must know before buying. */
export const accessibilitySchema = z.object({
  accessModes: z.array(z.string().max(60)).max(10).optional(),
  sufficientModes: z.array(z.string().max(120)).max(20).optional(),
  features: z.array(z.string().max(60)).max(60).optional(),
  hazards: z.array(z.string().max(60)).max(20).optional(),
  summary: text.optional(),
  conformsTo: z.string().max(LONGEST.name).optional(),
  certifiedBy: z.string().max(LONGEST.name).optional(),
});

/** « 1909 », « 1909-05 » or « 1909-05-31 »: no more is claimed than the source says. */
export const partialDateSchema = z
  .string()
  .regex(/^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/);

export const FIELDS = {
  title: line,
  subtitle: line,
  /** « Secret de Wilhelm Storitz, Le » */
  sortTitle: line,
  /** BCP 47; the first language is the work's. */
  language: z.string().min(2).max(35),
  /** All that the file names, where there are several. */
  languages: z.array(z.string().min(2).max(35)).min(2).max(20),
  contributors: z.array(contributorSchema).min(1).max(200),
  identifiers: z.array(identifierSchema).min(1).max(20),
  /** Of the musical work that is recorded, which other recordings share: its ISWC. */
  workIdentifiers: z.array(identifierSchema).min(1).max(20),
  publisher: z.string().min(1).max(LONGEST.name),
  publishedOn: partialDateSchema,
  description: text,
  subjects: z.array(subjectSchema).min(1).max(50),
  series: seriesSchema,
  rights: text,
  /** The address of a licence (Creative Commons and others), http or https only. */
  licence: z.url({ protocol: /^https?$/ }).max(500),
  pageCount: count,
  wordCount: count,
  accessibility: accessibilitySchema,
  layout: z.enum(["reflowable", "pre-paginated"]),
  albumTitle: line,
  albumArtist: z.string().min(1).max(LONGEST.name),
  trackTitle: line,
  trackNumber: position,
  trackTotal: position,
  discNumber: position,
  discTotal: position,
  /** The label's own number. */
  catalogueNumber: z.string().min(1).max(100),
  /** Tracks of several artists under one title. */
  compilation: z.literal(true),
  genre: z.array(z.string().min(1).max(LONGEST.subject)).min(1).max(20),
  lyrics: z.string().min(1).max(LONGEST.lyrics),
} as const;

export type FieldName = keyof typeof FIELDS;
export type FieldValue<Name extends FieldName> = z.infer<(typeof FIELDS)[Name]>;

/** One claim: a field, its value, and where exactly it was read (« opf:dc:title », « id3:TIT2 », « file-name »). */
export type Finding = {
  [Name in FieldName]: { field: Name; value: FieldValue<Name>; source: string };
}[FieldName];

export type Contributor = z.infer<typeof contributorSchema>;

/** The claim when its value is what the field may hold; undefined otherwise: a file may lie, it may not break us. */
export function finding<Name extends FieldName>(
  field: Name,
  value: unknown,
  source: string,
): Finding | undefined {
  const parsed = FIELDS[field].safeParse(value);
  return parsed.success ? ({ field, value: parsed.data, source } as Finding) : undefined;
}
