import { v7 } from "uuid";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";

export type NewCoop = {
  slug: string;
  name: string;
  legalForm: "coop_qc" | "scic" | "other";
  /** ISO 3166-2, as `CA-QC`, or the country alone. */
  place: string;
  description?: { fr?: string; en?: string };
  /** The co-op's own colour, `#rrggbb`. */
  accent?: string;
  /** `platform`: the co-op that owns the platform's Stripe account; there is at most one. */
  money?: "platform" | "own";
  /** Printed on receipts: `{ tps: "…", tvq: "…" }`. */
  taxNumbers?: Record<string, string>;
};

/** Enters a co-op, or brings its words up to date when the slug is known: who runs it twice founds it once. */
export async function foundCoop(
  db: Database,
  house: Pick<House, "clock">,
  coop: NewCoop,
): Promise<{ id: string }> {
  const words = {
    name: coop.name,
    description: JSON.stringify(coop.description ?? {}),
    tax_numbers: JSON.stringify(coop.taxNumbers ?? {}),
    ...(coop.accent ? { accent: coop.accent } : {}),
  };
  return db
    .insertInto("coop")
    .values({
      id: v7(),
      slug: coop.slug,
      legal_form: coop.legalForm,
      place: coop.place,
      money: coop.money ?? "own",
      created_at: house.clock.now(),
      ...words,
    })
    .onConflict((conflict) => conflict.column("slug").doUpdateSet(words))
    .returning("id")
    .executeTakeFirstOrThrow();
}
