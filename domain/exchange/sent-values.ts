/** What may be kept of what was sent: the same bounds as for what a file says of itself, and those of the columns. */
import { z } from "zod";
import { LONGEST } from "../metadata/clean-text.ts";
import { isrc } from "../metadata/identifiers.ts";
import { languageTag } from "../metadata/language.ts";
import { FIELDS, identifierSchema } from "../metadata/record.ts";
import { ROLES } from "../metadata/roles.ts";
import { FORMATS, type SentField, type SentFields } from "./sent.ts";

const tag = z
  .string()
  .max(35)
  .refine((raw) => languageTag(raw) !== undefined);
const place = z.number().int().min(1).max(999);
const MOST_TRACKS = 500;
const cents = z.number().int().min(0).max(99_999_999);

const SHAPES = {
  title: FIELDS.title,
  subtitle: FIELDS.subtitle,
  sortTitle: FIELDS.sortTitle,
  language: tag,
  originalLanguage: tag,
  languages: z.array(tag).min(2).max(20),
  contributors: z
    .array(
      z.object({
        name: z.string().min(1).max(LONGEST.name),
        role: z.enum(ROLES),
        sortName: z.string().min(1).max(LONGEST.name).optional(),
        kind: z.literal("group").optional(),
        identifiers: z
          .array(z.object({ scheme: z.string().max(40), value: z.string().max(500) }))
          .max(10)
          .optional(),
      }),
    )
    .min(1)
    .max(60),
  identifiers: z
    .array(identifierSchema.extend({ format: z.enum(FORMATS).optional() }))
    .min(1)
    .max(20),
  publisher: FIELDS.publisher,
  publishedOn: FIELDS.publishedOn,
  description: z.object({
    fr: z.string().min(1).max(LONGEST.text).optional(),
    en: z.string().min(1).max(LONGEST.text).optional(),
  }),
  subjects: z
    .array(
      z.object({
        label: z.string().min(1).max(LONGEST.subject),
        scheme: z.string().min(1).max(40).optional(),
        code: z.string().min(1).max(40).optional(),
      }),
    )
    .min(1)
    .max(50),
  series: FIELDS.series,
  rights: FIELDS.rights,
  licence: FIELDS.licence,
  pageCount: FIELDS.pageCount,
  wordCount: FIELDS.wordCount,
  accessibility: FIELDS.accessibility,
  layout: FIELDS.layout,
  price: z
    .object({
      kind: z.enum(["fixed", "open"]),
      amount: cents,
      suggested: cents.min(50).optional(),
      currency: z.string().regex(/^[a-z]{3}$/),
    })
    .refine(({ amount }) => amount === 0 || amount >= 50),
  coverLink: z.url({ protocol: /^https?$/ }).max(1_000),
  tracks: z
    .array(
      z.object({
        disc: place,
        position: place,
        title: z.string().min(1).max(LONGEST.line),
        isrc: z
          .string()
          .refine((raw) => isrc(raw) === raw)
          .optional(),
        durationMs: z.number().int().min(1).max(172_800_000).optional(),
        credits: z
          .array(z.object({ name: z.string().min(1).max(LONGEST.name), role: z.enum(ROLES) }))
          .max(60),
        file: z.string().min(1).max(255).optional(),
      }),
    )
    .min(1)
    .max(MOST_TRACKS)
    .refine((all) => new Set(all.map(({ disc, position }) => `${disc}.${position}`)).size === all.length),
} as const satisfies Record<SentField, z.ZodType>;

/** The values that can be kept, and the names of the fields of which nothing could be. Lists are cut, not dropped. */
export function checkedFields(raw: { [Field in SentField]?: unknown }): {
  fields: Partial<SentFields>;
  dropped: SentField[];
} {
  const fields: Record<string, unknown> = {};
  const dropped: SentField[] = [];
  for (const field of Object.keys(SHAPES) as SentField[]) {
    const given = raw[field];
    if (given === undefined || given === null || (Array.isArray(given) && given.length === 0)) continue;
    const parsed = SHAPES[field].safeParse(Array.isArray(given) ? given.slice(0, MOST[field] ?? 50) : given);
    if (parsed.success) fields[field] = parsed.data;
    else dropped.push(field);
  }
  return { fields: fields as Partial<SentFields>, dropped };
}
const MOST: { [Field in SentField]?: number } = {
  contributors: 60,
  identifiers: 20,
  subjects: 50,
  languages: 20,
  tracks: MOST_TRACKS,
};
