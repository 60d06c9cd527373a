import { Readable } from "node:stream";
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from "@remix-run/node";
import { stringify } from "csv-stringify/sync";
import { asText, attached } from "#app/documents/csv.server.ts";
import { enterSignedIn } from "#app/http/door.server.ts";
import { pace } from "#app/http/pace.server.ts";
import { storedZip } from "#domain/delivery/stored-zip.server.ts";
import { keepTrace } from "#domain/people/keep-trace.server.ts";
import { type OwnRecords, ownRecords } from "#domain/privacy/own-records-queries.server.ts";
import { Refusal } from "#domain/refusal.ts";
import { accountWords } from "#i18n/account.ts";

/** Everything that is kept in one's name, as one zip: a JSON of all, and a CSV for each table. At most six in ten minutes. */
export async function loader(args: LoaderFunctionArgs) {
  const { db, house, locale, viewer } = await enterSignedIn(args);
  try {
    pace({ visitor: viewer.id, house }, "export");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return new Response(accountWords(locale).privacy.tooOften, {
      status: 429,
      headers: { "content-type": "text/plain; charset=utf-8" },
    });
  }
  const records = await ownRecords(db, { personId: viewer.id, email: viewer.email });
  await keepTrace(db, house, {
    coopId: null,
    by: viewer.id,
    verb: "export-own",
    subject: `person:${viewer.id}`,
  });
  const now = house.clock.now();
  const all = Object.fromEntries(records.map(({ table, rows }) => [table, rows]));
  const files = [
    { name: "ventes.json", text: JSON.stringify(all, null, 2) },
    ...records.map((section) => ({ name: `csv/${section.table}.csv`, text: asCsv(section) })),
  ].map(({ name, text }) => ({ name, content: Buffer.from(text) }));
  const zip = storedZip(
    files.map(({ name, content }) => ({
      name,
      bytes: content.length,
      read: async () => Readable.from([content]),
    })),
    now,
  );
  const day = now.toISOString().slice(0, 10);
  return new Response(createReadableStreamFromReadable(zip.open()), {
    headers: { ...attached(`ventes-${day}.zip`, "application/zip"), "content-length": String(zip.bytes) },
  });
}

function asCsv({ rows }: OwnRecords): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value: unknown): string => {
    if (value === null || value === undefined) return "";
    return typeof value === "object" ? JSON.stringify(value) : asText(String(value));
  };
  return `\ufeff${stringify([columns, ...rows.map((row) => columns.map((name) => cell(row[name])))])}`;
}
