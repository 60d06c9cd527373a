import type { Database } from "#db/connection.ts";

export type Coop = {
  id: string;
  slug: string;
  name: string;
  legalForm: "coop_qc" | "scic" | "other";
  place: string;
  description: { fr?: string; en?: string };
  accent: string;
};

/** All co-ops, by name. */
export async function listCoops(db: Database): Promise<Coop[]> {
  return (await coops(db).orderBy("name").execute()) as Coop[];
}

/** One co-op by its slug; null where there is none. */
export async function findCoop(db: Database, slug: string): Promise<Coop | null> {
  return ((await coops(db).where("slug", "=", slug).executeTakeFirst()) as Coop | undefined) ?? null;
}

const coops = (db: Database) =>
  db
    .selectFrom("coop")
    .select(["id", "slug", "name", "legal_form as legalForm", "place", "description", "accent"]);

/** The numbers by which a co-op is registered for taxes: `{ tps: "…", tvq: "…" }`. */
export async function taxNumbersOf(db: Database, coopId: string): Promise<Record<string, string>> {
  const coop = await db.selectFrom("coop").select("tax_numbers").where("id", "=", coopId).executeTakeFirst();
  return (coop?.tax_numbers ?? {}) as Record<string, string>;
}
