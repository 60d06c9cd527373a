/**
 * Our record as one line of a table, and back. A cell of several things parts them by « ; », the parts of one thing by « | »; a
 * backslash before either takes it as it is. Pure.
 */
import { cleanLine, cleanText } from "../metadata/clean-text.ts";
import { gtin, isbn13, isni } from "../metadata/identifiers.ts";
import { languageTag } from "../metadata/language.ts";
import { partialDate } from "../metadata/partial-date.ts";
import { ROLES, type Role, roleFromMarc } from "../metadata/roles.ts";
import { COLUMNS, type Column } from "./column-names.ts";
import { schemeName } from "./onix-codes.ts";
import { decimalOf } from "./onix-supply.ts";
import { centsOf } from "./price-text.ts";
import {
  type CatalogueRecord,
  FORMATS,
  type Format,
  type SentField,
  type SentFields,
  type SentIdentifier,
  type SentTrack,
  type WorkKind,
} from "./sent.ts";
import { isTrackKind, readTrack, trackCells } from "./track-rows.ts";

/** An album's line is followed by those of its tracks. */
export function rowsOf(record: CatalogueRecord): string[][] {
  const tracks = record.fields.tracks ?? [];
  return [rowOf(record), ...tracks.map((track) => trackRow(record.workId, track))];
}

function trackRow(workId: string, track: SentTrack): string[] {
  const cells: Partial<Record<Column, string>> = {
    ...trackCells(workId, track),
    kind: "track",
    title: track.title,
    contributors: list(track.credits.map(({ name, role }) => [name, role])),
  };
  return COLUMNS.map((column) => kept(cells[column] ?? ""));
}

function rowOf(record: CatalogueRecord): string[] {
  const { fields } = record;
  const cells: Record<Column, string> = {
    reference: record.workId,
    kind: record.kind,
    state: record.state,
    formats: record.formats.join("; "),
    title: fields.title ?? "",
    subtitle: fields.subtitle ?? "",
    sort_title: fields.sortTitle ?? "",
    contributors: list(
      (fields.contributors ?? []).map(({ name, role, sortName, kind, identifiers }) => [
        name,
        role,
        sortName ?? "",
        kind ?? "",
        identifiers?.find(({ scheme }) => scheme === "isni")?.value ?? "",
      ]),
    ),
    language: fields.language ?? "",
    languages: (fields.languages ?? []).join("; "),
    original_language: fields.originalLanguage ?? "",
    publisher: fields.publisher ?? "",
    published_on: fields.publishedOn ?? "",
    series: fields.series?.name ?? "",
    series_position: String(fields.series?.position ?? ""),
    subjects: list(
      (fields.subjects ?? []).map(({ label, scheme, code }) => [label, scheme ?? "", code ?? ""]),
    ),
    description_fr: fields.description?.fr ?? "",
    description_en: fields.description?.en ?? "",
    isbn: isbnOf(fields.identifiers, undefined)[0] ?? "",
    isbn_epub: isbnOf(fields.identifiers, "epub")[0] ?? "",
    isbn_pdf: isbnOf(fields.identifiers, "pdf")[0] ?? "",
    identifiers: list(
      otherIdentifiers(fields.identifiers).map(({ scheme, value, format }) => [scheme, value, format ?? ""]),
    ),
    rights: fields.rights ?? "",
    licence: fields.licence ?? "",
    page_count: String(fields.pageCount ?? ""),
    word_count: String(fields.wordCount ?? ""),
    accessibility: fields.accessibility ? JSON.stringify(fields.accessibility) : "",
    layout: fields.layout ?? "",
    price: fields.price ? decimalOf(fields.price.amount) : "",
    price_kind: fields.price?.kind ?? "",
    suggested_price: fields.price?.suggested === undefined ? "" : decimalOf(fields.price.suggested),
    currency: fields.price?.currency ?? "",
    cover: fields.coverLink ?? "",
    ...{ release: "", disc: "", track: "", isrc: "", duration: "", files: "" },
  };
  return COLUMNS.map((column) => kept(cells[column]));
}

/** The first ISBN of each place has a column of its own; whatever else there is stands in `identifiers`. */
const isbnOf = (all: SentIdentifier[] = [], format: Format | undefined): string[] =>
  all.filter((each) => each.scheme === "isbn" && each.format === format).map(({ value }) => value);
function otherIdentifiers(all: SentIdentifier[] = []): SentIdentifier[] {
  const first = new Set(
    [undefined, "epub" as const, "pdf" as const].map((format) =>
      all.find((each) => each.scheme === "isbn" && each.format === format),
    ),
  );
  return all.filter((each) => !first.has(each));
}

/** A cell that a spreadsheet would run as a formula is told to be a text by an apostrophe, and so is one that begins like that. */
const RUNS = /^'*\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const kept = (cell: string): string => (RUNS.test(cell) ? `'${cell}` : cell);
const unkept = (cell: string): string => (cell.startsWith("'") && RUNS.test(cell) ? cell.slice(1) : cell);

const escaped = (part: string): string => part.replace(/[\\;|]/g, "\\$&");
const list = (things: string[][]): string =>
  things
    .map((parts) =>
      parts
        .slice(0, parts.findLastIndex(Boolean) + 1)
        .map(escaped)
        .join("|"),
    )
    .join("; ");

/** « Ana Roy|author; Luc » → [["Ana Roy", "author"], ["Luc"]]. */
function parted(cell: string): string[][] {
  const things: string[][] = [[""]];
  for (let at = 0; at < cell.length; at += 1) {
    const sign = cell[at] ?? "";
    const last = things.at(-1)!;
    if (sign === "\\" && at + 1 < cell.length) {
      at += 1;
      last[last.length - 1] += cell[at] ?? "";
    } else if (sign === ";") things.push([""]);
    else if (sign === "|") last.push("");
    else last[last.length - 1] += sign;
  }
  return things.map((parts) => parts.map((part) => part.trim())).filter(([first]) => first);
}

/** What a line says: `undefined` of what no column speaks, null where its cell is empty. */
export type ReadRow = {
  reference: string;
  kind: WorkKind;
  formats: Format[];
  fields: { [Field in SentField]?: unknown };
  files: string[];
  wrong: string[];
};

/** `cells`: by column; only those that the file has. `wrong`: cells that say something which is not what the column holds. */
export function readRow(cells: Partial<Record<Column, string>>): ReadRow {
  const wrong: string[] = [];
  const has = (column: Column) => cells[column] !== undefined;
  const cell = (column: Column) => unkept(cells[column] ?? "").trim();
  const through = <T>(column: Column, read: (text: string) => T | undefined): T | null | undefined => {
    if (!has(column)) return undefined;
    const text = cell(column);
    if (text === "") return null;
    const value = read(text);
    if (value === undefined) wrong.push(`${column}: ${text.slice(0, 60)}`);
    return value ?? undefined;
  };
  const kind: WorkKind = /^(?:album|music|musique|audio)$/i.test(cell("kind")) ? "album" : "book";
  const line = (text: string) => cleanLine(text) || undefined;
  const count = (text: string) =>
    /^\d{1,8}$/.test(text.replace(/\s/g, "")) ? Number(text.replace(/\s/g, "")) : undefined;
  const fields: ReadRow["fields"] = {
    title: through("title", line),
    subtitle: through("subtitle", line),
    sortTitle: through("sort_title", line),
    language: through("language", languageTag),
    languages: through("languages", (text) => {
      const all = parted(text).flatMap(([each]) => languageTag(each ?? "") ?? []);
      return all.length > 1 ? all : undefined;
    }),
    originalLanguage: through("original_language", languageTag),
    contributors: through("contributors", (text) => peopleOf(text, kind)),
    publisher: through("publisher", line),
    publishedOn: through("published_on", partialDate),
    series: seriesOf(
      through("series", line),
      through("series_position", (text) => decimalNumber(text)),
    ),
    subjects: through("subjects", (text) =>
      parted(text).map(([label = "", scheme, code]) => ({
        label: cleanLine(label, 200),
        ...(scheme && { scheme: schemeName(scheme) }),
        ...(code && { code }),
      })),
    ),
    description: descriptionOf(
      through("description_fr", (text) => cleanText(text) || undefined),
      through("description_en", (text) => cleanText(text) || undefined),
    ),
    identifiers: identifiersOf(cells, through),
    rights: through("rights", (text) => cleanText(text) || undefined),
    licence: through("licence", (text) => (/^https?:\/\//i.test(text) ? text : undefined)),
    pageCount: through("page_count", count),
    wordCount: through("word_count", count),
    accessibility: through("accessibility", objectOf),
    layout: through("layout", (text) =>
      text === "reflowable" || text === "pre-paginated" ? text : undefined,
    ),
    price: priceOf(has, through),
    coverLink: through("cover", (text) => (/^https?:\/\//i.test(text) ? text : undefined)),
  };
  const formats = parted(cell("formats")).flatMap(
    ([each]) => FORMATS.find((format) => format === each) ?? [],
  );
  const said = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const files = parted(cell("files")).flatMap(([name]) => name || []);
  return { reference: cell("reference"), kind, formats, fields: said, files, wrong };
}

type Cells = Partial<Record<Column, string>>;
const cellOf = (cells: Cells, column: Column): string => unkept(cells[column] ?? "").trim();

export const isTrackRow = (cells: Cells): boolean => isTrackKind(cellOf(cells, "kind"));

/** The release that a track's line names ("" where it is the one above), and the track; null where the line says no title. */
export function readTrackRow(cells: Cells, before: SentTrack | undefined) {
  const [disc, track, isrc, duration, title] = (["disc", "track", "isrc", "duration", "title"] as const).map(
    (column) => cellOf(cells, column),
  ) as [string, string, string, string, string];
  const people = cellOf(cells, "contributors");
  const credits = (people ? (peopleOf(people, "album") ?? []) : []).map(({ name, role }) => ({ name, role }));
  return {
    release: cellOf(cells, "release"),
    read: readTrack({ disc, track, isrc, duration, title, files: cellOf(cells, "files") }, credits, before),
  };
}

type Through = <T>(column: Column, read: (text: string) => T | undefined) => T | null | undefined;

function peopleOf(text: string, kind: WorkKind) {
  const people = parted(text).map(([name = "", role = "", sortName, group, id]) => ({
    name: cleanLine(name, 300),
    role: roleOf(role, kind),
    ...(sortName && { sortName }),
    ...(group === "group" && { kind: "group" as const }),
    ...(id && isni(id) && { identifiers: [{ scheme: "isni", value: isni(id)! }] }),
  }));
  return people.length > 0 ? people : undefined;
}

const roleOf = (said: string, kind: WorkKind): Role =>
  (ROLES as readonly string[]).includes(said)
    ? (said as Role)
    : (roleFromMarc(said) ?? (kind === "book" ? "author" : "performer"));

function seriesOf(name: string | null | undefined, position: number | null | undefined) {
  if (name === undefined || name === null) return name;
  return { name, ...(typeof position === "number" && { position }) };
}

const decimalNumber = (text: string): number | undefined =>
  /^\d{1,6}(?:[.,]\d{1,6})?$/.test(text) ? Number(text.replace(",", ".")) : undefined;

function descriptionOf(fr: string | null | undefined, en: string | null | undefined) {
  if (fr === undefined && en === undefined) return undefined;
  return fr || en ? { ...(fr && { fr }), ...(en && { en }) } : null;
}

function identifiersOf(cells: Partial<Record<Column, string>>, through: Through) {
  const columns = ["isbn", "isbn_epub", "isbn_pdf", "identifiers"] as const;
  if (columns.every((column) => cells[column] === undefined)) return undefined;
  const one = (column: "isbn" | "isbn_epub" | "isbn_pdf", format?: Format) => {
    const isbn = through(column, isbn13);
    return isbn ? [{ scheme: "isbn", value: isbn, ...(format && { format }) }] : [];
  };
  const others = through("identifiers", (text) =>
    parted(text).flatMap(([scheme = "", value = "", format]) => {
      const read = scheme === "isbn" ? isbn13(value) : scheme === "gtin" ? gtin(value) : value || undefined;
      const known = FORMATS.find((each) => each === format);
      return read ? [{ scheme, value: read, ...(known && { format: known }) }] : [];
    }),
  );
  const all = [...one("isbn"), ...one("isbn_epub", "epub"), ...one("isbn_pdf", "pdf"), ...(others ?? [])];
  return all.length > 0 ? all : null;
}

function priceOf(has: (column: Column) => boolean, through: Through): SentFields["price"] | null | undefined {
  if (!has("price")) return undefined;
  const amount = through("price", centsOf);
  if (amount === null || amount === undefined) return amount;
  const kind =
    through("price_kind", (text) => (text === "open" || text === "fixed" ? text : undefined)) ?? "fixed";
  const suggested = through("suggested_price", centsOf);
  const currency =
    through("currency", (text) => (/^[a-z]{3}$/i.test(text) ? text.toLowerCase() : undefined)) ?? "cad";
  return { kind, amount, currency, ...(typeof suggested === "number" && kind === "open" && { suggested }) };
}

function objectOf(text: string): object | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === "object" && read !== null && !Array.isArray(read) ? read : undefined;
  } catch {
    return undefined;
  }
}
