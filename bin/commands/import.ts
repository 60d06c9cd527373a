import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import { type Database, openDatabase } from "#db/connection.ts";
import { importCatalogue } from "#domain/exchange/import-catalogue.server.ts";
import { FATES, type Fate, type Problem } from "#domain/exchange/sent.ts";
import { readColumnMap, sentFile } from "#domain/exchange/sent-lines.ts";
import { UnreadableFile } from "#domain/exchange/unreadable-file.ts";
import { realClock } from "#gateways/clock.ts";
import { readEnv } from "#gateways/env.ts";
import { coopNamed } from "./coop-named.ts";
import { fromWhereOneStands } from "./exchange-addresses.ts";

const usage = `usage: ventes import FILE --coop SLUG [--dry-run] [--member SLUG] [--map HEADING=column,…] [--quiet]
       ONIX 3.0 or 3.1, either tags, or CSV with a line of headings; --dry-run says each line's fate and writes nothing`;

/** One line for each product on the standard output, then their number by fate. 1 where the file cannot be read to its end. */
export async function importCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...{ coop: { type: "string" }, member: { type: "string" }, map: { type: "string" } },
      ...{ "dry-run": { type: "boolean" }, quiet: { type: "boolean" } },
    },
  });
  const [file] = positionals;
  const map = readColumnMap(values.map ?? "");
  if (!file || positionals.length > 1 || !values.coop || !map) {
    console.error(usage);
    return 2;
  }
  const { db } = openDatabase(readEnv().databaseUrl, { max: 2 });
  try {
    const coop = await coopNamed(db, values.coop);
    if (!coop) return told(`no co-op « ${values.coop} »`);
    const memberId = values.member === undefined ? null : await memberNamed(db, coop.id, values.member);
    if (memberId === undefined) return told(`no member « ${values.member} » in ${coop.name}`);
    const sent = await sentFile(createReadStream(fromWhereOneStands(file)), map);
    for (const { heading, column } of sent.headings)
      console.error(column ? `« ${heading} » is read as ${column}` : `« ${heading} » is left aside`);
    const importing = {
      coopId: coop.id,
      personId: null,
      memberId,
      apply: !values["dry-run"],
      format: sent.format,
    };
    const counted = new Map<string, number>();
    for await (const fate of importCatalogue(db, { clock: realClock }, importing, sent.lines)) {
      counted.set(fate.fate, (counted.get(fate.fate) ?? 0) + 1);
      if (!values.quiet) console.log(inWords(fate));
    }
    console.error(
      FATES.flatMap((each) => (counted.has(each) ? `${each}: ${counted.get(each)}` : [])).join(", "),
    );
    return 0;
  } catch (problem) {
    if (problem instanceof UnreadableFile) return told(`${file} cannot be read: ${problem.message}`);
    throw problem;
  } finally {
    await db.destroy();
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
  const line = `${fate.place}\t${fate.fate}\t${fate.name}\t${words}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a stranger's title may hold what moves the cursor
  return line.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "");
}

function told(words: string): number {
  console.error(words);
  return 1;
}
