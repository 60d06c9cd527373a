/** A file as it flows, ONIX or CSV by its first sign → what each product or line says. */
import { slugOf } from "../slug.ts";
import { isTrackRow, type ReadRow, readRow, readTrackRow } from "./catalogue-columns.ts";
import { COLUMNS, type Column, columnNamed } from "./column-names.ts";
import { ownWorkKey } from "./onix-identifiers.ts";
import { readCsv } from "./read-csv.ts";
import { readOnixProduct } from "./read-onix.ts";
import type { Problem, Sent, SentField, SentLine, SentTrack } from "./sent.ts";
import { checkedFields } from "./sent-values.ts";
import { UnreadableFile } from "./unreadable-file.ts";
import { readProducts } from "./xml-products.ts";

/** Heading → column of ours; "" leaves a heading aside. Headings that are not here are known by their name. */
export type ColumnMap = Readonly<Record<string, Column | "">>;
export type SentFile = {
  format: "onix" | "csv";
  /** Of a CSV: each heading, and the column that it is read as. */
  headings: { heading: string; column: Column | null }[];
  lines: AsyncGenerator<SentLine>;
};

/** Throws UnreadableFile, at once or while its lines are read. */
export async function sentFile(chunks: AsyncIterable<Uint8Array>, map: ColumnMap = {}): Promise<SentFile> {
  const { first, all } = await opened(chunks);
  const start = Buffer.from(first.subarray(0, 200))
    .toString("latin1")
    .replace(/^[\xef\xbb\xbf\xfe\xff\s\0]+/, "");
  if (start.startsWith("<")) return { format: "onix", headings: [], lines: onixLines(all) };
  if (first.includes(0)) throw new UnreadableFile("not_known");
  const rows = readCsv(all);
  const head = await rows.next();
  if (head.done) throw new UnreadableFile("csv_columns");
  const headings = head.value.cells.map((cell) => {
    const heading = cell.trim();
    return {
      heading,
      column: Object.hasOwn(map, heading) ? map[heading] || null : (columnNamed(heading) ?? null),
    };
  });
  const known = headings.flatMap(({ column }) => column ?? []);
  if (!known.includes("title") && !known.includes("reference") && !known.includes("isbn"))
    throw new UnreadableFile("csv_columns", known.join(", "));
  return { format: "csv", headings, lines: csvLines(rows, headings) };
}

/** The first bytes, and everything again from the first. */
async function opened(chunks: AsyncIterable<Uint8Array>) {
  const source = chunks[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let length = 0;
  while (length < 200) {
    const { done, value } = await source.next();
    if (done) break;
    held.push(value);
    length += value.length;
  }
  const first = Buffer.concat(held);
  async function* all() {
    try {
      if (first.length > 0) yield first as Uint8Array;
      for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
    } finally {
      await source.return?.();
    }
  }
  return { first, all: all() };
}

async function* onixLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<SentLine> {
  let place = 0;
  for await (const product of readProducts(chunks)) {
    place += 1;
    yield readOnixProduct(product, place);
  }
}

/** An album's line and those of its tracks below it are one. */
async function* csvLines(
  rows: AsyncIterable<{ line: number; cells: string[] }>,
  headings: SentFile["headings"],
): AsyncGenerator<SentLine> {
  const tellsTracks = headings.some(({ column }) => column === "track");
  let open: { row: ReadRow; line: number; tracks: SentTrack[]; warnings: Problem[] } | undefined;
  const close = () => (open ? [csvLine(withTracks(open.row, open.tracks, tellsTracks), open)] : []);
  for await (const { line, cells } of rows) {
    const byColumn: Partial<Record<Column, string>> = {};
    headings.forEach(({ column }, index) => {
      if (column) byColumn[column] ??= cells[index] ?? "";
    });
    if (!isTrackRow(byColumn)) {
      yield* close();
      open = { row: readRow(byColumn), line, tracks: [], warnings: [] };
      continue;
    }
    const { release, read } = readTrackRow(byColumn, open?.tracks.at(-1));
    const name = byColumn.title?.trim() || release || String(line);
    if (open?.row.kind !== "album" || (release && release !== open.row.reference)) {
      yield* close();
      open = undefined;
      yield { place: line, name, problem: { code: "track_alone", ...(release && { detail: release }) } };
    } else if (read) {
      open.tracks.push(read.track);
      open.warnings.push(...read.wrong);
    } else open.warnings.push({ code: "track_unread", detail: String(line) });
  }
  yield* close();
}

/** A table that has a column for tracks says of an album without any that it has none. */
function withTracks(row: ReadRow, tracks: SentTrack[], tellsTracks: boolean): ReadRow {
  if (row.kind !== "album" || !tellsTracks) return row;
  return { ...row, fields: { ...row.fields, tracks: tracks.length > 0 ? tracks : null } };
}

function csvLine(row: ReadRow, about: { line: number; warnings: Problem[] }): SentLine {
  const place = about.line;
  const { fields, dropped } = checkedFields(row.fields);
  const title = fields.title ?? "";
  const isbn = fields.identifiers?.find(({ scheme }) => scheme === "isbn")?.value;
  const by = fields.contributors?.[0]?.name ?? "";
  // Without a name of its own, a line is known again by its ISBN, or by who wrote what.
  const reference =
    row.reference || (isbn ? `isbn:${isbn}` : title ? `csv:${slugOf(title)}:${slugOf(by)}` : "");
  const name = title || reference || String(place);
  if (!reference) return { place, name, problem: { code: "title_missing" } };
  const files = [...row.files, ...(fields.tracks ?? []).flatMap(({ file }) => file ?? [])];
  // What is empty is said to be nothing; what could not be read says nothing.
  const emptied = Object.entries(row.fields).filter(([field, value]) => value === null && field !== "title");
  const sent: Sent = {
    reference,
    kind: row.kind,
    formats: row.formats,
    // As our own ONIX names it too: either is known again by the other.
    ...(UUID.test(reference) ? { workId: reference, workKeys: [ownWorkKey(reference)] } : { workKeys: [] }),
    siblings: [],
    withdrawn: false,
    ...(files.length > 0 && { files }),
    fields: { ...Object.fromEntries(emptied), ...fields },
    tags: TAGS,
  };
  const warnings: Problem[] = [...row.wrong, ...dropped].map((detail) => ({
    code: "value_dropped" as const,
    detail,
  }));
  return { place, name, sent, warnings: [...warnings, ...about.warnings] };
}
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TAGS: Sent["tags"] = {
  sortTitle: "sort_title",
  originalLanguage: "original_language",
  publishedOn: "published_on",
  pageCount: "page_count",
  wordCount: "word_count",
  coverLink: "cover",
};

/** « Titre=title,Note= » → { Titre: "title", Note: "" }; undefined where a name is none of our columns. */
export function readColumnMap(text: string): ColumnMap | undefined {
  const map: Record<string, Column | ""> = {};
  for (const pair of text.split(",").filter((each) => each.trim())) {
    const [heading = "", column = ""] = pair.split("=").map((each) => each.trim());
    if (column !== "" && !(COLUMNS as readonly string[]).includes(column)) return undefined;
    map[heading] = column as Column | "";
  }
  return map;
}

/** The claim's source: « onix:TitleText », « csv:title ». */
export const sourceOf = (format: SentFile["format"], sent: Sent, field: SentField): string =>
  `${format}:${sent.tags[field] ?? field}`;
