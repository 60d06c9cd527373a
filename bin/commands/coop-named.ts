import type { Database } from "#db/connection.ts";

/** The co-op of a slug, for commands that name one. */
export const coopNamed = (db: Database, slug: string): Promise<{ id: string; name: string } | undefined> =>
  db.selectFrom("coop").select(["id", "name"]).where("slug", "=", slug).executeTakeFirst();
