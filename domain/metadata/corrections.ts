/** What a person may say of a work, field by field. `null` (or nothing in a list) is an answer too: « there is none ». */
import { z } from "zod";
import { cleanLine, cleanText, LONGEST } from "./clean-text.ts";
import { gtin, isbn13 } from "./identifiers.ts";
import { languageTag } from "./language.ts";
import { partialDate } from "./partial-date.ts";
import { seriesSchema } from "./record.ts";
import { ROLES } from "./roles.ts";

const line = (longest: number) =>
  z
    .string()
    .max(10 * longest)
    .transform((raw) => cleanLine(raw, longest))
    .transform((text) => text || null)
    .nullable();
const text = z
  .string()
  .max(10 * LONGEST.text)
  .transform((raw) => cleanText(raw))
  .transform((clean) => clean || null)
  .nullable();
/** A value that reads as one, or nothing at all; what reads as neither is refused. */
const read = (parse: (raw: string) => string | undefined) =>
  z
    .string()
    .max(500)
    .nullable()
    .transform((raw, context) => {
      if (raw === null || raw.trim() === "") return null;
      const value = parse(raw);
      if (value === undefined) context.addIssue({ code: "custom", message: "unreadable" });
      return value ?? null;
    });
const tag = read(languageTag);

const subject = z.object({
  label: z.string().trim().min(1).max(LONGEST.subject),
  scheme: z.string().max(40).optional(),
  code: z.string().max(40).optional(),
});

/** The check digit decides; an ISBN-10 becomes its thirteen digits. */
const identifier = z
  .object({
    scheme: z.enum(["isbn", "gtin", "doi"]),
    value: z.string().max(200),
    format: z.enum(["epub", "pdf", "music"]).optional(),
  })
  .transform((said, context) => {
    const doi = /^(?:https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,9}\/\S+)$/i
      .exec(said.value.trim())?.[1]
      ?.toLowerCase();
    const value =
      said.scheme === "isbn" ? isbn13(said.value) : said.scheme === "gtin" ? gtin(said.value) : doi;
    if (value === undefined) context.addIssue({ code: "custom", message: "check digit" });
    return { ...said, value: value ?? "" };
  });

export const CORRECTIONS = {
  title: z
    .string()
    .max(10 * LONGEST.line)
    .transform((raw) => cleanLine(raw)),
  subtitle: line(LONGEST.line),
  language: tag,
  originalLanguage: tag,
  publisher: line(LONGEST.name),
  publishedOn: read(partialDate),
  rights: text,
  description: z
    .object({ fr: text.optional(), en: text.optional() })
    .transform(({ fr, en }) => ({ ...(fr ? { fr } : {}), ...(en ? { en } : {}) })),
  subjects: z.array(subject).max(50),
  series: seriesSchema.nullable(),
  contributors: z
    .array(
      z.object({
        name: z
          .string()
          .max(1_000)
          .transform((raw) => cleanLine(raw, LONGEST.name))
          .pipe(z.string().min(1)),
        role: z.enum(ROLES),
        sortName: z.string().max(LONGEST.name).optional(),
      }),
    )
    .max(200),
  identifiers: z.array(identifier).max(20),
} as const;

export type CorrectedField = keyof typeof CORRECTIONS;
export const CORRECTED_FIELDS = Object.keys(CORRECTIONS) as CorrectedField[];
/** As a form gives them. */
export type Corrections = { [Field in CorrectedField]?: z.input<(typeof CORRECTIONS)[Field]> };
export type Corrected = { [Field in CorrectedField]?: z.output<(typeof CORRECTIONS)[Field]> };

/** Cleaned and checked values, or the fields that cannot be kept as they were written. */
export function readCorrections(given: Corrections): { values: Corrected; invalid: CorrectedField[] } {
  const values: Corrected = {};
  const invalid: CorrectedField[] = [];
  for (const field of CORRECTED_FIELDS) {
    if (given[field] === undefined) continue;
    const parsed = CORRECTIONS[field].safeParse(given[field]);
    if (parsed.success) Object.assign(values, { [field]: parsed.data });
    else invalid.push(field);
  }
  return { values, invalid };
}
