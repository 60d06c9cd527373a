import { z } from "zod";
import type { ChosenPrice } from "#domain/catalogue/set-price.server.ts";
import type { StudioRecord } from "#domain/catalogue/studio-queries.server.ts";
import type { Corrections } from "#domain/metadata/corrections.ts";
import { gtin, isbn13 } from "#domain/metadata/identifiers.ts";
import { partialDate } from "#domain/metadata/partial-date.ts";
import type { RecordSeen } from "#domain/metadata/record-seen.server.ts";
import { ROLES, type Role } from "#domain/metadata/roles.ts";
import { frameWords } from "#i18n/frame.ts";
import type { Locale } from "#i18n/locale.ts";
import { studioRecordWords } from "#i18n/studio.ts";
import { isbnBearers, type RecordDraft } from "./record-draft.ts";

export type ReadDraft = {
  draft: RecordDraft;
  /** What is wrong, in words, by field. Empty: the rest may be used. */
  problems: Record<string, string>;
  values: Corrections;
  tracks: { id: string; title: string }[] | null;
  price: ChosenPrice | null;
};

/** A submitted details form → what to write, or what to mend. What the form does not show (codes of subjects, a DOI) is carried over. */
export function readDraft(form: FormData, work: StudioRecord, locale: Locale): ReadDraft {
  const words = studioRecordWords(locale);
  const { forms } = frameWords(locale);
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const list = (name: string) => form.getAll(name).map((each) => String(each).trim());
  const names = list("person[]");
  const roles = list("role[]");
  const titles = list("trackTitle[]");
  const places = list("place[]");
  const kind = text("priceKind");
  const draft: RecordDraft = {
    title: text("title"),
    subtitle: text("subtitle"),
    language: text("language"),
    originalLanguage: text("originalLanguage"),
    descriptionFr: text("descriptionFr"),
    descriptionEn: text("descriptionEn"),
    subjects: text("subjects"),
    seriesName: text("seriesName"),
    seriesPosition: text("seriesPosition"),
    publisher: text("publisher"),
    publishedOn: text("publishedOn"),
    isbn: Object.fromEntries(isbnBearers(work).map((bearer) => [bearer, text(`isbn-${bearer}`)])),
    barcode: text("barcode"),
    people: names
      .map((name, i) => ({ name, role: roles[i] ?? "contributor" }))
      .filter(({ name }) => name !== ""),
    tracks: list("track[]")
      .map((id, i) => ({ id, title: titles[i] ?? "", place: places[i] ?? "" }))
      .map((track, i) => ({ track, at: Number(track.place) || i + 1, i }))
      .sort((a, b) => a.at - b.at || a.i - b.i)
      .map(({ track }, i) => ({ ...track, place: String(i + 1) })),
    priceKind: kind === "fixed" || kind === "open" || kind === "free" ? kind : "",
    price: text("price"),
    floor: text("floor"),
    suggested: text("suggested"),
  };
  const problems: Record<string, string> = {};
  for (const [bearer, typed] of Object.entries(draft.isbn)) {
    if (typed && !isbn13(typed)) problems[`isbn-${bearer}`] = words.isbnWrong;
  }
  if (draft.barcode && !gtin(draft.barcode)) problems.barcode = words.barcodeWrong;
  if (draft.publishedOn && !isWholeDate(draft.publishedOn))
    problems.publishedOn = studioRecordWords(locale).dateWrong;
  const position = draft.seriesPosition === "" ? null : Number(draft.seriesPosition.replace(",", "."));
  if (position !== null && !(position >= 0 && position <= 100_000)) problems.seriesPosition = forms.number;
  if (draft.tracks.some(({ title }) => title === "")) problems.tracks = words.tracksWrong;
  if (draft.people.some(({ role }) => !ROLES.includes(role as Role))) problems.people = forms.invalid;
  const price = readPrice(draft, problems, forms.money);
  return {
    draft,
    problems,
    values: {
      title: draft.title,
      subtitle: draft.subtitle,
      language: draft.language,
      ...(work.kind === "book" ? { originalLanguage: draft.originalLanguage } : {}),
      publisher: draft.publisher,
      publishedOn: draft.publishedOn,
      description: { fr: draft.descriptionFr, en: draft.descriptionEn },
      subjects: subjectsOf(draft.subjects, work),
      series: draft.seriesName
        ? { name: draft.seriesName, ...(position === null ? {} : { position }) }
        : null,
      contributors: draft.people as { name: string; role: Role }[],
      identifiers: identifiersOf(draft, work),
    },
    tracks: draft.tracks.length > 0 ? draft.tracks : null,
    price,
  };
}

/** « roman, bord de mer » → labels; a label that is there already keeps its code. */
function subjectsOf(typed: string, work: StudioRecord) {
  const labels = typed.split(/[,;\n]/).map((label) => label.trim());
  return [...new Set(labels.filter(Boolean))].map(
    (label) => work.subjects.find((subject) => subject.label === label) ?? { label },
  );
}

/** Those of the record in their order, with what was typed in place of each that the page shows, then the new ones. */
function identifiersOf(draft: RecordDraft, work: StudioRecord): NonNullable<Corrections["identifiers"]> {
  const typed = new Map(Object.entries(draft.isbn).map(([bearer, value]) => [`isbn ${bearer}`, value]));
  if (work.kind === "album") typed.set("gtin work", draft.barcode);
  const said: NonNullable<Corrections["identifiers"]> = [];
  const say = (scheme: string, bearer: string, value: string) => {
    if (value && (scheme === "isbn" || scheme === "gtin" || scheme === "doi")) {
      const format = bearer === "epub" || bearer === "pdf" || bearer === "music" ? { format: bearer } : {};
      said.push({ scheme, value, ...format } as (typeof said)[number]);
    }
  };
  for (const { scheme, value, format } of work.identifiers) {
    const place = `${scheme} ${format ?? "work"}`;
    say(scheme, format ?? "work", typed.get(place) ?? value);
    typed.delete(place);
  }
  for (const [place, value] of typed) {
    const [scheme = "", bearer = ""] = place.split(" ");
    say(scheme, bearer, value);
  }
  return said;
}

function readPrice(draft: RecordDraft, problems: Record<string, string>, wrong: string): ChosenPrice | null {
  if (draft.priceKind === "") return null;
  if (draft.priceKind === "free") return { kind: "free" };
  if (draft.priceKind === "fixed") {
    const amount = cents(draft.price);
    if (amount === null) problems.price = wrong;
    return { kind: "fixed", amount: amount ?? 0 };
  }
  const floor = cents(draft.floor || "0");
  const suggested = draft.suggested ? cents(draft.suggested) : null;
  if (floor === null) problems.floor = wrong;
  if (draft.suggested && suggested === null) problems.suggested = wrong;
  return { kind: "open", floor: floor ?? 0, suggested };
}

/** What a file says is taken as far as it makes sense; of what a person types, no month and no day is dropped in silence. */
function isWholeDate(typed: string): boolean {
  const said = /^\d{8}$/.test(typed) ? 3 : Math.min(3, typed.match(/\d+/g)?.length ?? 1);
  return partialDate(typed)?.split("-").length === said;
}

/** « 12,50 », “12.50”, « 12 $ » → 1250; null for anything else. */
export function cents(typed: string): number | null {
  const plain = typed.replace(/[\s\u00a0\u202f$]/g, "").replace(",", ".");
  const found = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(plain);
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
}

/** The marks that the form bore; whatever else is there is none. */
export function seenIn(form: FormData): RecordSeen | undefined {
  const marks = z.record(z.string(), z.string().max(40));
  try {
    return marks.safeParse(JSON.parse(String(form.get("seen") ?? ""))).data as RecordSeen | undefined;
  } catch {
    return undefined;
  }
}
