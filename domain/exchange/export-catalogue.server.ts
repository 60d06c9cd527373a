import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { Cover } from "../catalogue/card.server.ts";
import type { House } from "../house.ts";
import { type CatalogueFilter, catalogueRecords } from "./catalogue-records.server.ts";
import type { OnixSetting, OnixTax } from "./onix-supply.ts";
import type { CatalogueRecord } from "./sent.ts";
import { csvFile, onixFile } from "./write-catalogue.ts";
import { onixFoot, onixHead, onixProducts } from "./write-onix.ts";

/** Addresses that only the pages know: a work's, and a cover's largest JPEG. */
export type Addresses = { work: (slug: string) => string; cover: (cover: Cover) => string };
export type ExportFormat = "onix" | "csv";

/** The catalogue of the house or of one co-op as one file, as it is read. Whoever calls has made sure of what may be read. */
export async function exportCatalogue(
  db: Database,
  house: Pick<House, "clock">,
  {
    format,
    filter,
    sender,
    addresses,
    delimiter,
  }: {
    format: ExportFormat;
    filter: CatalogueFilter;
    sender: string;
    addresses: Addresses;
    delimiter?: "," | ";";
  },
): Promise<AsyncGenerator<string>> {
  const records = catalogueRecords(db, filter, addresses.cover);
  if (format === "csv") return csvFile(records, delimiter);
  return onixFile(records, await onixSetting(db, house, sender, addresses));
}

/** Published works, each as a message of its own without the line that begins a file; what is not in the shop is left out. */
export async function onixByWork(
  db: Database,
  house: Pick<House, "clock">,
  { workIds, sender, addresses }: { workIds: readonly string[]; sender: string; addresses: Addresses },
): Promise<Map<string, string>> {
  const setting = await onixSetting(db, house, sender, addresses);
  const head = onixHead(setting).replace(/^<\?xml[^>]*>\n/, "");
  const messages = new Map<string, string>();
  for await (const record of catalogueRecords(db, { workIds }, addresses.cover))
    messages.set(record.workId, `${head}${onixProducts(record, setting)}${onixFoot}`);
  return messages;
}

async function onixSetting(
  db: Database,
  { clock }: Pick<House, "clock">,
  sender: string,
  { work }: Addresses,
): Promise<OnixSetting> {
  const taxes = await taxesByPlace(db, clock.now());
  return { sender, sentAt: clock.now(), work, taxes: (place) => taxes.get(place) ?? [] };
}

/**
 * What is in the shop as a table of facts alone: without what people wrote or drew about a work, which stays theirs. `told` hears of
 * each work.
 */
export async function* openCsv(db: Database, told: () => void): AsyncGenerator<string> {
  async function* facts() {
    for await (const record of catalogueRecords(db, {}, () => "")) {
      told();
      const { description: _, coverLink: __, accessibility, ...fields } = record.fields;
      const { summary: ___, ...stated } = accessibility ?? {};
      const said = Object.keys(stated).length > 0 ? { accessibility: stated } : {};
      yield { ...record, hasCover: false, fields: { ...fields, ...said } };
    }
  }
  yield* csvFile(facts());
}

/** Those in force now where the seller is. What a buyer pays elsewhere is reckoned when they buy. */
async function taxesByPlace(db: Database, now: Date): Promise<Map<string, OnixTax[]>> {
  const day = now.toISOString().slice(0, 10);
  const { rows } = await sql<OnixTax & { place: string }>`
    select place, code, trim_scale(percent)::text as percent from tax_rate
    where kind is null and in_force_from <= ${day}::date and (in_force_until is null or in_force_until > ${day}::date)
    order by place, position`.execute(db);
  return Map.groupBy(rows, ({ place }) => place);
}

/** One album by its slug, whatever its state, with its tracks; null where there is none. */
export async function findRecord(
  db: Database,
  slug: string,
  addresses: Addresses,
): Promise<CatalogueRecord | null> {
  const work = await db.selectFrom("work").select("id").where("slug", "=", slug).executeTakeFirst();
  if (!work) return null;
  const states = ["draft", "submitted", "returned", "published", "withdrawn"] as const;
  for await (const record of catalogueRecords(db, { workIds: [work.id], states }, addresses.cover))
    return record;
  return null;
}
