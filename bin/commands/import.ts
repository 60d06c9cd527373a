import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Pool } from "pg";
import { type Database, openDatabase } from "#db/connection.ts";
import { importCatalogue } from "#domain/exchange/import-catalogue.server.ts";
import { FATES, type Fate, type Problem, type SentLine } from "#domain/exchange/sent.ts";
import { type ColumnMap, readColumnMap, sentFile } from "#domain/exchange/sent-lines.ts";
import { UnreadableFile } from "#domain/exchange/unreadable-file.ts";
import { Refusal } from "#domain/refusal.ts";
import { realClock } from "#gateways/clock.ts";
import { readEnv } from "#gateways/env.ts";
import { coopNamed } from "./coop-named.ts";
import { fromWhereOneStands, isUnknownOption } from "./exchange-addresses.ts";
import { type Folder, openFolder } from "./import-folder.ts";
import { openSender, type Sender } from "./send-files.ts";

const usage = `usage: ventes import FILE|FOLDER --coop SLUG [--dry-run] [--member SLUG] [--map HEADING=column,…] [--quiet]
       FILE: ONIX 3.0 or 3.1, either tags, or CSV with a line of headings
       FOLDER: such a file, and the files of its works: named in the column « files », or by their ISBN or reference
       --dry-run says each line's fate and writes nothing; --member: in whose studio go works that name no member`;

type Wish = {
  path: string;
  coop: string;
  member: string | undefined;
  map: ColumnMap;
  apply: boolean;
  quiet: boolean;
};

/**
 * One line for each product on the standard output, then their number by fate. 0: all of it is done; 1: it could not be read or done to
 * its end; 2: it was not asked anything that it understands; 3: done, but some lines were refused, or files of theirs not taken.
 */
export async function importCommand(args: string[]): Promise<number> {
  const wish = wishOf(args);
  if (!wish) {
    console.error(usage);
    return 2;
  }
  const settings = readEnv();
  const { db, pool } = openDatabase(settings.databaseUrl, { max: 3 });
  try {
    return await take(db, pool, wish);
  } catch (problem) {
    if (problem instanceof UnreadableFile) return told(`${wish.path} cannot be read: ${problem.message}`);
    const code = (problem as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "EACCES" || code === "EISDIR")
      return told(`${wish.path} cannot be opened (${code})`);
    throw problem;
  } finally {
    await db.destroy();
  }
}

function wishOf(args: string[]): Wish | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...{ coop: { type: "string" }, member: { type: "string" }, map: { type: "string" } },
        ...{ "dry-run": { type: "boolean" }, quiet: { type: "boolean" } },
      },
    });
    const [path] = positionals;
    const map = readColumnMap(values.map ?? "");
    if (!path || positionals.length > 1 || !values.coop || !map) return null;
    const { coop, member, quiet = false } = values;
    return { path, coop, member, map, apply: !values["dry-run"], quiet };
  } catch (problem) {
    if (isUnknownOption(problem)) return null;
    throw problem;
  }
}

async function take(db: Database, pool: Pool, wish: Wish): Promise<number> {
  const coop = await coopNamed(db, wish.coop);
  if (!coop) return told(`no co-op « ${wish.coop} »`);
  const memberId = wish.member === undefined ? null : await memberNamed(db, coop.id, wish.member);
  if (memberId === undefined) return told(`no member « ${wish.member} » in ${coop.name}`);
  const path = fromWhereOneStands(wish.path);
  const folder = (await stat(path)).isDirectory() ? await openFolder(path) : null;
  if (folder && "problem" in folder) return told(folder.problem);
  const sender = folder && wish.apply ? await openSender(db, pool) : null;
  try {
    const sent = await sentFile(createReadStream(folder?.table ?? path), wish.map);
    for (const { heading, column } of sent.headings)
      console.error(column ? `« ${heading} » is read as ${column}` : `« ${heading} » is left aside`);
    const { format } = sent;
    const importing = { coopId: coop.id, personId: null, memberId, apply: wish.apply, format };
    const beside = new Map<number, SentLine>();
    const lines = folder ? noted(sent.lines, beside) : sent.lines;
    const counted = new Map<string, number>();
    const add = (name: string) => counted.set(name, (counted.get(name) ?? 0) + 1);
    for await (const fate of importCatalogue(db, { clock: realClock }, importing, lines)) {
      add(fate.fate);
      if (!wish.quiet || fate.fate === "refused") say(inWords(fate));
      const line = beside.get(fate.place);
      beside.delete(fate.place);
      if (folder && line) await takeFiles({ folder, sender, fate, line, add, quiet: wish.quiet });
    }
    for (const name of folder?.unclaimed() ?? []) {
      add("file unclaimed");
      console.error(`${name}: no line names this file`);
    }
    const names = [...FATES, "file taken", "file there", "file refused", "file unclaimed"];
    console.error(
      names.flatMap((each) => (counted.has(each) ? `${each}: ${counted.get(each)}` : [])).join(", "),
    );
    return counted.has("refused") || counted.has("file refused") ? 3 : 0;
  } finally {
    await sender?.close();
  }
}

/** The lines of a batch, for who comes back with their fates: a few hundred at most. */
async function* noted(lines: AsyncIterable<SentLine>, beside: Map<number, SentLine>) {
  for await (const line of lines) {
    beside.set(line.place, line);
    yield line;
  }
}

/** Sends the files of a line to the work that it became; in a trial, says which would go. */
async function takeFiles(taking: {
  folder: Folder;
  sender: Sender | null;
  fate: Fate;
  line: SentLine;
  add: (name: string) => void;
  quiet: boolean;
}): Promise<void> {
  const { folder, sender, fate, line, add, quiet } = taking;
  if (!("sent" in line)) return;
  for (const { name, path } of folder.filesOf(line.sent)) {
    const about = (said: string) => `${fate.place}\tfile\t${name}\t${said}`;
    const workId = "workId" in fate ? fate.workId : null;
    if (path === null) {
      add("file refused");
      say(about("not in the folder"));
    } else if (fate.fate === "refused" || fate.fate === "withdrawn") say(about("left, as its line"));
    else if (!sender) {
      if (!quiet) say(about("would be sent"));
    } else if (workId !== null)
      try {
        const outcome = await sender.send(workId, path);
        add(`file ${outcome}`);
        if (!quiet) say(about(outcome));
      } catch (problem) {
        if (!(problem instanceof Refusal)) throw problem;
        add("file refused");
        say(about(`refused: ${problem.code}`));
      }
  }
}

const memberNamed = async (db: Database, coopId: string, slug: string): Promise<string | undefined> =>
  (
    await db
      .selectFrom("member")
      .select("id")
      .where("coop_id", "=", coopId)
      .where("slug", "=", slug)
      .where("left_at", "is", null)
      .executeTakeFirst()
  )?.id;

function inWords(fate: Fate): string {
  const said = (problem: Problem) => (problem.detail ? `${problem.code} (${problem.detail})` : problem.code);
  const more =
    fate.fate === "changed"
      ? fate.fields.join(", ")
      : fate.fate === "refused"
        ? said(fate.problem)
        : fate.fate === "new"
          ? fate.memberName
          : "";
  const kept = "kept" in fate && fate.kept.length > 0 ? `kept: ${fate.kept.join(", ")}` : "";
  const words = [more, kept, ...fate.warnings.map(said)].filter(Boolean).join("; ");
  return `${fate.place}\t${fate.fate}\t${fate.name}\t${words}`;
}

function say(line: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a stranger's title may hold what moves the cursor
  console.log(line.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ""));
}

function told(words: string): number {
  console.error(words);
  return 1;
}
