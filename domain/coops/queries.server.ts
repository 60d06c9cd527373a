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
