import { once } from "node:events";
import { parseArgs } from "node:util";
import { openDatabase } from "#db/connection.ts";
import { exportCatalogue, findRecord } from "#domain/exchange/export-catalogue.server.ts";
import { ddexMessage } from "#domain/exchange/write-ddex.ts";
import { realClock } from "#gateways/clock.ts";
import { readEnv } from "#gateways/env.ts";
import { coopNamed } from "./coop-named.ts";
import { addressesOf } from "./exchange-addresses.ts";

const usage = `usage: ventes export --onix | --csv [--coop SLUG] [--all]     what is in the shop; --all: every state
       ventes export --ddex --work SLUG                    one album`;

/** Writes the catalogue to the standard output, as it is read. 2 when it was not asked anything, 1 where nothing is so named. */
export async function exportCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      ...{
        onix: { type: "boolean" },
        csv: { type: "boolean" },
        ddex: { type: "boolean" },
        all: { type: "boolean" },
      },
      ...{ coop: { type: "string" }, work: { type: "string" } },
    },
  });
  const chosen = [values.onix, values.csv, values.ddex].filter(Boolean).length;
  if (chosen !== 1 || (values.ddex && !values.work)) {
    console.error(usage);
    return 2;
  }
  const settings = readEnv();
  const { db } = openDatabase(settings.databaseUrl, { max: 2 });
  const addresses = addressesOf(settings.publicUrl);
  try {
    if (values.ddex) {
      const record = await findRecord(db, values.work ?? "", addresses);
      if (record?.kind !== "album") return told(`no album « ${values.work} »`);
      await print(ddexMessage(record, { sentAt: realClock.now() }));
      return 0;
    }
    const coop = values.coop === undefined ? undefined : await coopNamed(db, values.coop);
    if (values.coop !== undefined && !coop) return told(`no co-op « ${values.coop} »`);
    const states = ["draft", "submitted", "returned", "published", "withdrawn"] as const;
    const pieces = await exportCatalogue(
      db,
      { clock: realClock },
      {
        format: values.csv ? "csv" : "onix",
        filter: { ...(coop && { coopId: coop.id }), ...(values.all && { states }) },
        sender: coop?.name ?? "ventes.coop",
        addresses,
      },
    );
    for await (const piece of pieces) await print(piece);
    return 0;
  } finally {
    await db.destroy();
  }
}

/** Waits for a reader that is slower than we are. */
async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

function told(words: string): number {
  console.error(words);
  return 1;
}
