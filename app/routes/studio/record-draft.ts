import type { StudioRecord } from "#domain/catalogue/studio-queries.server.ts";
import { plainMoney } from "#i18n/formats.ts";
import type { Locale } from "#i18n/locale.ts";

/** The details page as text: what its fields show, whether read from the record or typed a moment ago. */
export type RecordDraft = {
  title: string;
  subtitle: string;
  language: string;
  originalLanguage: string;
  descriptionFr: string;
  descriptionEn: string;
  subjects: string;
  seriesName: string;
  seriesPosition: string;
  publisher: string;
  publishedOn: string;
  /** By what bears it: an edition's format, or the work. */
  isbn: Record<string, string>;
  barcode: string;
  people: { name: string; role: string }[];
  tracks: { id: string; title: string; place: string }[];
  priceKind: "" | "fixed" | "open" | "free";
  price: string;
  floor: string;
  suggested: string;
};

/** Who may bear an ISBN of this book: each of its formats, or the work while no file has come. */
export const isbnBearers = (work: Pick<StudioRecord, "kind" | "formats" | "identifiers">): string[] => {
  if (work.kind !== "book") return [];
  const bearers: string[] = work.formats.filter((format) => format !== "music");
  const onWork = work.identifiers.some(({ scheme, format }) => scheme === "isbn" && format === null);
  return onWork || bearers.length === 0 ? ["work", ...bearers] : bearers;
};

export function draftOf(work: StudioRecord, locale: Locale): RecordDraft {
  const identifier = (scheme: string, format: string | null) =>
    work.identifiers.find((each) => each.scheme === scheme && each.format === format)?.value ?? "";
  const { price } = work;
  const priceKind = !work.priceChosen
    ? ""
    : price.kind === "open"
      ? "open"
      : price.amount === 0
        ? "free"
        : "fixed";
  return {
    title: work.title,
    subtitle: work.subtitle ?? "",
    language: work.language ?? "",
    originalLanguage: work.originalLanguage ?? "",
    descriptionFr: work.description.fr ?? "",
    descriptionEn: work.description.en ?? "",
    subjects: work.subjects.map(({ label }) => label).join(", "),
    seriesName: work.series?.name ?? "",
    seriesPosition:
      work.series?.position === undefined || work.series.position === null
        ? ""
        : String(work.series.position),
    publisher: work.publisher ?? "",
    publishedOn: work.publishedOn ?? "",
    isbn: Object.fromEntries(
      isbnBearers(work).map((bearer) => [bearer, identifier("isbn", bearer === "work" ? null : bearer)]),
    ),
    barcode: identifier("gtin", null),
    people: work.credits.map(({ name, role }) => ({ name, role })),
    tracks: work.tracks.map(({ id, title }, i) => ({ id, title, place: String(i + 1) })),
    priceKind,
    price: priceKind === "fixed" ? plainMoney(locale, price.amount) : "",
    floor: priceKind === "open" ? plainMoney(locale, price.amount) : "",
    suggested: price.suggested === null ? "" : plainMoney(locale, price.suggested),
  };
}
