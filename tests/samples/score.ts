/**
 * How well the reader does on the corpus that lies beside the project, against what other tools say of it (its
 * manifest) and what a sane system answers to its hostile files. `node tests/samples/score.ts [FOLDER]` prints the rates
 * and every miss; rates.test.ts holds the thresholds. FOLDER: another corpus with a manifest.csv of the same columns.
 */
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { gtin } from "#domain/metadata/identifiers.ts";
import { languageTag } from "#domain/metadata/language.ts";
import { rows } from "./rows.ts";

export const SAMPLES = fileURLToPath(new URL("../../../shared/samples/", import.meta.url));
export const present = existsSync(join(SAMPLES, "manifest.csv"));

type Person = { name: string; roles: string[]; relators?: string[] };
/** A line of `ventes inspect --json`, as far as it is compared. */
export type Line = {
  file: string;
  verdict: "accepted" | "warned" | "refused";
  reasons: { code: string; detail?: string }[];
  // biome-ignore lint/suspicious/noExplicitAny: compared field by field with words of another tool
  record: Record<string, any> & { creators: Person[]; contributors: Person[] };
  seconds: number;
  peak_mb: number;
};
type Row = Record<string, string>;
export type Miss = { file: string; field: string; expected: string; got: string };
export type Rate = { field: string; right: number; of: number };
export type Score = { rates: Rate[]; misses: Miss[] };

/** The very command, on many files in one call. */
export async function inspectAll(files: readonly string[]): Promise<Line[]> {
  const command = fileURLToPath(new URL("../../bin/ventes.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [command, "inspect", "--json", ...files], {
    maxBuffer: 512 * 1_048_576,
  });
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

const plain = (text: unknown) =>
  String(text ?? "")
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .trim();
const list = (cell: string | undefined, mark: string | RegExp = ";") =>
  (cell ?? "")
    .split(mark)
    .map((each) => plain(each))
    .filter(Boolean);

/** What each field must be, as a question: undefined when the manifest does not ask it of this file. */
const FIELDS: Record<string, (row: Row, line: Line) => { expected: string; got: string } | undefined> = {
  title: ({ title }, { record }) =>
    title ? { expected: plain(title), got: plain(record.title) } : undefined,
  subtitle: ({ subtitle }, { record }) =>
    subtitle ? { expected: plain(subtitle), got: plain(record.subtitle) } : undefined,
  creators: (row, { record }) => people(row.creators, record.creators),
  contributors: (row, { record }) => people(row.contributors, record.contributors),
  language: ({ language }, { record }) =>
    language
      ? { expected: languageTag(list(language)[0] ?? "") ?? "", got: plain(record.language) }
      : undefined,
  series: ({ series, series_index }, { record, file }) =>
    series || record.series || file.endsWith(".epub")
      ? {
          expected: series ? `${plain(series)} #${series_index ? Number(series_index) : ""}` : "",
          got: record.series ? `${plain(record.series.name)} #${record.series.position ?? ""}` : "",
        }
      : undefined,
  "no false identifier": (row, { record }) => {
    const known = new Set([row.identifiers, row.isrc, row.barcode].flatMap((cell) => list(cell)).map(bare));
    const named = (record.identifiers ?? []) as { scheme: string; value: string }[];
    const wrong = named.filter(({ scheme, value }) => scheme !== "uri" && !known.has(bare(value)));
    return named.length > 0 || known.size > 0
      ? { expected: "", got: wrong.map(({ scheme, value }) => `${scheme}:${value}`).join("; ") }
      : undefined;
  },
  "identifiers found": (row, { record }) => {
    const known = [row.identifiers, row.isrc, row.barcode]
      .flatMap((cell) => list(cell))
      .filter(
        // A barcode with a wrong check digit is told, and not kept.
        (id) => id !== "unknown" && (id !== row.barcode || gtin(id) !== undefined),
      );
    const named = new Set(
      ((record.identifiers ?? []) as { value: string }[]).map(({ value }) => bare(value)),
    );
    const missing = known.filter((id) => !named.has(bare(id)));
    return known.length > 0 ? { expected: "", got: missing.join("; ") } : undefined;
  },
  cover: ({ cover, kind }, { record }) =>
    cover && kind !== "artwork"
      ? {
          expected: ["none", "folder"].includes(cover) ? "none" : "found",
          got: record.cover ? "found" : "none",
        }
      : undefined,
  duration: ({ duration_s }, { record }) =>
    duration_s
      ? {
          expected: duration_s,
          got:
            Math.abs(Number(record.duration) - Number(duration_s)) <= 0.1
              ? duration_s
              : String(record.duration),
        }
      : undefined,
  publisher: ({ publisher, label }, { record }) =>
    publisher || label ? { expected: plain(publisher || label), got: plain(record.publisher) } : undefined,
  date: ({ date, format }, { record }) =>
    // A PDF says when its file was made, which is no publication.
    date && format !== "PDF" ? { expected: date.slice(0, 10), got: plain(record.publishedOn) } : undefined,
  subjects: ({ subjects, format }, { record }) =>
    subjects && format === "EPUB"
      ? {
          expected: list(subjects).join("; "),
          got: list(
            ((record.subjects ?? []) as (string | { label: string })[])
              .map((each) => (typeof each === "string" ? each : each.label))
              .join("; "),
          ).join("; "),
        }
      : undefined,
  description: ({ description }, { record }) =>
    description ? { expected: plain(description), got: plain(record.description) } : undefined,
  layout: ({ layout }, { record }) => (layout ? { expected: layout, got: plain(record.layout) } : undefined),
  accessibility: ({ a11y }, { record }) =>
    a11y ? { expected: "found", got: record.accessibility ? "found" : "none" } : undefined,
  pages: ({ pages }, { record }) => (pages ? { expected: pages, got: String(record.pageCount) } : undefined),
  album: ({ album }, { record }) =>
    album ? { expected: plain(album), got: plain(record.albumTitle) } : undefined,
  "album artist": ({ albumartist }, { record }) =>
    albumartist ? { expected: plain(albumartist), got: plain(record.albumArtist) } : undefined,
  "track number": ({ track }, { record }) =>
    track ? place(track, record.trackNumber, record.trackTotal) : undefined,
  "disc number": ({ disc }, { record }) =>
    disc ? place(disc, record.discNumber, record.discTotal) : undefined,
  composer: ({ composer }, { record }) => named(composer, "composer", record),
  lyricist: ({ lyricist }, { record }) => named(lyricist, "lyricist", record),
  genre: ({ genre }, { record }) =>
    genre
      ? { expected: plain(genre), got: ((record.genre ?? []) as string[]).map(plain).join("; ") }
      : undefined,
  lyrics: ({ lyrics }, { record }) =>
    lyrics ? { expected: plain(lyrics), got: plain(record.lyrics) } : undefined,
  "catalogue number": ({ catalognumber }, { record }) =>
    catalognumber ? { expected: plain(catalognumber), got: plain(record.catalogueNumber) } : undefined,
};

function people(cell: string | undefined, found: readonly Person[]) {
  const expected = list(cell).map((each) => {
    const [name = "", roles = ""] = each.split("|");
    return { name: plain(name), roles: list(roles, ",") };
  });
  const real = expected.filter(({ name }) => !/^unknown$/i.test(name));
  if (real.length === 0) return undefined;
  const got = found.map(({ name, relators = [] }) => ({ name: plain(name), roles: relators }));
  // A role that the file does not name is ours to guess; one that it names must be there.
  const write = ({ name, roles }: { name: string; roles: string[] }) =>
    `${name}|${roles.toSorted().join(",")}`;
  return { expected: real.map(write).join("; "), got: got.map(write).join("; ") };
}

function named(cell: string | undefined, role: string, { creators, contributors }: Line["record"]) {
  if (!cell) return undefined;
  const holders = [...creators, ...contributors].filter(({ roles }) => roles.includes(role));
  return { expected: plain(cell), got: holders.map(({ name }) => plain(name)).join("; ") };
}

function place(cell: string, number: unknown, total: unknown) {
  const [at, of] = cell.split("/").map(Number);
  return { expected: of ? `${at}/${of}` : String(at), got: of ? `${number}/${total}` : String(number) };
}

function bare(identifier: string): string {
  return identifier
    .toLowerCase()
    .replace(/^urn:(?:uuid|isbn):/, "")
    .replace(/-/g, "");
}

export function compare(table: readonly Row[], lines: readonly Line[]): Score {
  const rates: Rate[] = [];
  const misses: Miss[] = [];
  for (const [field, ask] of Object.entries(FIELDS)) {
    const rate = { field, right: 0, of: 0 };
    for (const [index, row] of table.entries()) {
      const line = lines[index] as Line;
      const asked = ask(row, line);
      if (!asked) continue;
      rate.of += 1;
      if (asked.expected === asked.got) rate.right += 1;
      else misses.push({ file: row.path as string, field, ...asked });
    }
    rates.push(rate);
  }
  return { rates, misses };
}

export function manifest(folder = SAMPLES): Row[] {
  return rows(readFileSync(join(folder, "manifest.csv"), "utf8"));
}

export async function scoreGood(folder = SAMPLES): Promise<Score & { lines: Line[] }> {
  const table = manifest(folder);
  const lines = await inspectAll(table.map(({ path }) => join(folder, path as string)));
  return { ...compare(table, lines), lines };
}

const ANSWERS = { accepted: "accept", warned: "accept-with-warning", refused: "reject" };

/** Every `must` of the hostile files, and their expected verdicts; nothing may call 127.0.0.1:59999 or leave a file in /tmp. */
export async function scoreHostile(folder = join(SAMPLES, "hostile")): Promise<Score & { lines: Line[] }> {
  const table = rows(readFileSync(join(folder, "expectations.csv"), "utf8"));
  let visits = 0;
  const canary = createServer((_, response) => {
    visits += 1;
    response.end();
  });
  await new Promise<void>((ready) => canary.once("error", () => ready()).listen(59_999, "127.0.0.1", ready));
  const lines = await inspectAll(table.map(({ path }) => join(folder, path as string))).finally(() =>
    canary.close(),
  );
  const verdicts = { field: "expected verdict", right: 0, of: table.length };
  const musts = { field: "every must", right: 0, of: table.length };
  const misses: Miss[] = [];
  for (const [index, row] of table.entries()) {
    const line = lines[index] as Line;
    const file = row.path as string;
    const answer = ANSWERS[line.verdict];
    if ((row.expected as string).split("|").includes(answer)) verdicts.right += 1;
    else misses.push({ file, field: "verdict", expected: row.expected as string, got: answer });
    const broken = brokenMusts(row, line, visits);
    if (broken.length === 0) musts.right += 1;
    else misses.push({ file, field: "must", expected: row.must as string, got: broken.join("; ") });
  }
  return { rates: [verdicts, musts], misses, lines };
}

function brokenMusts(row: Row, line: Line, visits: number): string[] {
  const text = JSON.stringify({ ...line, file: "" });
  const { title = "", duration } = line.record;
  const left = readdirSync("/tmp").filter((name) => name.startsWith("pwned-ventes-"));
  const checks: [broken: boolean, what: string][] = [
    [/root:x:0/.test(text), "leaks a file of the machine"],
    [visits > 0, "calls out"],
    [left.length > 0, "writes elsewhere"],
    [/[\u202A-\u202E\u2066-\u2069]/.test(text), "keeps a direction override"],
    // In JSON, what is below a space is written as \u00…; line ends are not.
    [/\\u00[01]|[\p{Cc}\ufffd]/u.test(text), "keeps a control character"],
    [title.length > 1_000, "title too long"],
    [duration === 0 || duration < 0 || duration >= 48 * 3_600, "absurd duration"],
    [line.seconds > Number(row.max_seconds || 10), `took ${line.seconds} s`],
    [line.peak_mb > Number(row.max_rss_mb || 300), `took ${line.peak_mb} MB`],
    [
      Boolean(row.expected_title) && line.verdict !== "refused" && title !== row.expected_title,
      `title « ${title} »`,
    ],
  ];
  return checks.filter(([broken]) => broken).map(([, what]) => what);
}

export function told({ rates, misses }: Score): string {
  return [
    ...rates
      .filter(({ of }) => of > 0)
      .map(
        ({ field, right, of }) => `${field.padEnd(22)} ${right}/${of}  ${((100 * right) / of).toFixed(1)} %`,
      ),
    "",
    ...misses.map(
      ({ file, field, expected, got }) => `${file}  ${field}\n    expected ${expected}\n    got      ${got}`,
    ),
  ].join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const folder = process.argv[2] ? resolve(process.argv[2]) : SAMPLES;
  if (existsSync(join(folder, "manifest.csv"))) console.log(told(await scoreGood(folder)));
  else console.log(`skipped: no manifest.csv in ${folder}`);
  const hostile = join(folder, "hostile");
  if (existsSync(join(hostile, "expectations.csv"))) console.log(`\n${told(await scoreHostile(hostile))}`);
}
