import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { type AskedLine, type PricedCart, priceCart, type TaxRate, type WorkForSale } from "./price.ts";

/**
 * The cart as it stands now: works and prices are read again, taxes are those of `place` (ISO 3166-2, as CA-QC; absent: none)
 * at `at`. What changed since the prices were shown is in `troubles` and, line by line, in `shown`.
 */
export async function priceCartNow(
  db: Database,
  input: {
    lines: readonly AskedLine[];
    place?: string | null | undefined;
    at: Date;
    discountBp?: number | undefined;
  },
): Promise<PricedCart> {
  const works = await worksForSale(
    db,
    input.lines.map((line) => line.workId),
  );
  const rates = await taxRates(db, input.place ?? null, input.at);
  return priceCart(input.lines, works, rates, input.discountBp);
}

async function worksForSale(db: Database, ids: readonly string[]): Promise<Map<string, WorkForSale>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("work")
    .innerJoin("coop", "coop.id", "work.coop_id")
    .select([
      "work.id",
      "work.coop_id",
      "coop.name as coop_name",
      "work.title",
      "work.slug",
      "work.kind",
      "work.cover_id",
    ])
    .select(["work.state", "work.price_kind", "work.price", "work.suggested_price", "work.currency"])
    .where("work.id", "in", [...ids])
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        coopId: row.coop_id,
        coopName: row.coop_name,
        title: row.title,
        slug: row.slug,
        kind: row.kind as WorkForSale["kind"],
        coverId: row.cover_id,
        onSale: row.state === "published",
        priceKind: row.price_kind as WorkForSale["priceKind"],
        price: row.price,
        suggestedPrice: row.suggested_price,
        currency: row.currency,
      },
    ]),
  );
}

/** A tax changes at midnight where it is levied; the days of Québec serve for all until a co-op sells elsewhere with tax. */
const zone = "America/Toronto";

async function taxRates(db: Database, place: string | null, at: Date): Promise<TaxRate[]> {
  if (place === null) return [];
  const day = sql<string>`(${at}::timestamptz at time zone ${zone})::date`;
  return db
    .selectFrom("tax_rate")
    .select(["code", "percent"])
    .where("place", "=", place)
    .where("in_force_from", "<=", day)
    .where((or) => or.or([or("in_force_until", "is", null), or("in_force_until", ">", day)]))
    .orderBy("position")
    .orderBy("code")
    .execute();
}
