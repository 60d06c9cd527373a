import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { parseArgs } from "node:util";
import { type Database, openDatabase } from "#db/connection.ts";
import { exportCatalogue, findRecord } from "#domain/exchange/export-catalogue.server.ts";
import { ddexGaps, ddexMessage } from "#domain/exchange/write-ddex.ts";
import { catalogueGraphs } from "#domain/feeds/published-works.server.ts";
import { realClock } from "#gateways/clock.ts";
import { readEnv, type Settings } from "#gateways/env.ts";
import { addressesAt } from "#i18n/paths.ts";
import { coopNamed } from "./coop-named.ts";
import { addressesOf, fromWhereOneStands, isUnknownOption } from "./exchange-addresses.ts";

const usage = `usage: ventes export --format onix|csv|json-ld [--coop SLUG] [--all] [--to FILE]     what is in the shop
       ventes export --format ddex --work SLUG [--to FILE]                             one album, whatever its state
       --all: drafts and withdrawn works too (onix, csv); without --to, to the standard output`;

const formats = ["onix", "csv", "ddex", "json-ld"] as const;
type Format = (typeof formats)[number];
type Wish = { format: Format; coop?: string | undefined; work?: string | undefined; all: boolean };

/**
 * Writes the catalogue as it is read. 0: it is written; 1: nothing is so named, or it cannot be told in this format; 2: it was not
 * asked anything that it understands.
 */
export async function exportCommand(args: string[]): Promise<number> {
  const wish = wishOf(args);
  if (!wish) {
    console.error(usage);
    return 2;
  }
  const settings = readEnv();
  const { db } = openDatabase(settings.databaseUrl, { max: 2 });
  try {
    const pieces = await piecesOf(db, settings, wish);
    if (typeof pieces === "string") {
      console.error(pieces);
      return 1;
    }
    await write(pieces, wish.to);
    return 0;
  } finally {
    await db.destroy();
  }
}

function wishOf(args: string[]): (Wish & { to?: string | undefined }) | null {
  try {
    const { values } = parseArgs({
      args,
      options: {
        ...{ format: { type: "string" }, coop: { type: "string" }, work: { type: "string" } },
        ...{ all: { type: "boolean" }, to: { type: "string" } },
        // As it was first spelled.
        ...{ onix: { type: "boolean" }, csv: { type: "boolean" }, ddex: { type: "boolean" } },
      },
    });
    const named = [
      values.format,
      ...(["onix", "csv", "ddex"] as const).filter((each) => values[each]),
    ].filter((each) => each !== undefined);
    const format = formats.find((each) => each === named[0]);
    if (!format || named.length !== 1 || (format === "ddex") !== (values.work !== undefined)) return null;
    return { format, coop: values.coop, work: values.work, all: values.all ?? false, to: values.to };
  } catch (problem) {
    if (isUnknownOption(problem)) return null;
    throw problem;
  }
}

/** What is to be written, or in words why there is nothing. */
async function piecesOf(
  db: Database,
  settings: Settings,
  { format, coop: slug, work, all }: Wish,
): Promise<AsyncIterable<string> | Iterable<string> | string> {
  const addresses = addressesOf(settings.publicUrl);
  if (format === "ddex") {
    const record = await findRecord(db, work ?? "", addresses);
    if (!record) return `no work « ${work} »`;
    const [gap] = ddexGaps(record);
    if (gap) return `« ${work} » cannot be told in DDEX: ${gaps[gap]}`;
    return [ddexMessage(record, { sentAt: realClock.now() })];
  }
  const coop = slug === undefined ? undefined : await coopNamed(db, slug);
  if (slug !== undefined && !coop) return `no co-op « ${slug} »`;
  const ofCoop = coop && { coopId: coop.id };
  if (format === "json-ld") return catalogueGraphs(db, addressesAt(settings.publicUrl), { ...ofCoop });
  const states = ["draft", "submitted", "returned", "published", "withdrawn"] as const;
  return exportCatalogue(
    db,
    { clock: realClock },
    { format, filter: { ...ofCoop, ...(all && { states }) }, sender: coop?.name ?? "ventes.coop", addresses },
  );
}

const gaps = {
  album: "it is no album",
  tracks: "it has no tracks",
  duration: "a track has no length; it comes with its file",
};

/** Waits for a reader that is slower than we are. */
async function write(pieces: AsyncIterable<string> | Iterable<string>, file: string | undefined) {
  const out = file === undefined ? process.stdout : createWriteStream(fromWhereOneStands(file));
  for await (const piece of pieces) if (!out.write(piece)) await once(out, "drain");
  if (out === process.stdout) return;
  out.end();
  await once(out, "finish");
}
