import type { Missing } from "#domain/metadata/score.ts";
import type { PersonField, WorkField } from "#domain/metadata/score-weights.ts";
import type { Locale } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { scoreWords } from "#i18n/score.ts";

type Place = { href: string } | { words: string };
type Lacking = Missing<WorkField | PersonField>;

/** The field of the studio's record page, by its id there. */
const details: Partial<Record<Lacking["field"], string>> = {
  title: "title",
  contributors: "people",
  description: "descriptionFr",
  subjects: "subjects",
  language: "language",
  originalLanguage: "originalLanguage",
  publishedOn: "publishedOn",
  publisher: "publisher",
  identifiers: "more",
  licence: "price",
};

/** Where an artist mends a field of a work: the very page, and the field on it. */
export function mendedInStudio(locale: Locale, work: { id: string; kind: "book" | "album" }) {
  return ({ field, why }: Lacking): Place => {
    const page = (name: "studioDetails" | "studioScore" | "studioFiles", at: string) => ({
      href: `${pathTo(name, locale, { id: work.id })}#${at}`,
    });
    if (field === "authority") return { words: scoreWords(locale).byCoop };
    if (field === "cover") return page("studioFiles", "content");
    const small =
      field === "isrc" ||
      field === "accessibility" ||
      (field === "subjects" && why === "uncoded") ||
      (field === "originalLanguage" && work.kind === "album");
    return small ? page("studioScore", `mend-${field}`) : page("studioDetails", details[field] ?? "title");
  };
}

/** Where the desk mends it: its own page of the record, but for what the artist alone can bring. */
export function mendedAtDesk(locale: Locale, workId: string) {
  return ({ field }: Lacking): Place =>
    field === "cover" || field === "contributors" || field === "licence"
      ? { words: scoreWords(locale).byArtist }
      : { href: `${pathTo("deskRecord", locale, { id: workId })}#mend-${field}` };
}
