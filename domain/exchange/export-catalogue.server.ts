import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { Cover } from "../catalogue/card.server.ts";
import type { House } from "../house.ts";
import { type CatalogueFilter, catalogueRecords } from "./catalogue-records.server.ts";
import type { OnixTax } from "./onix-supply.ts";
import type { CatalogueRecord } from "./sent.ts";
import { csvFile, onixFile } from "./write-catalogue.ts";

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
  const taxes = await taxesByPlace(db, house.clock.now());
  return onixFile(records, {
    sender,
    sentAt: house.clock.now(),
    work: addresses.work,
    taxes: (place) => taxes.get(place) ?? [],
  });
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
