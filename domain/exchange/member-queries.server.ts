import type { Database } from "#db/connection.ts";

/** Those of a co-op, by title, whatever their state: a page lists so many at most. */
export const listAlbums = (
  db: Database,
  coopId: string,
  limit: number,
): Promise<{ slug: string; title: string }[]> =>
  db
    .selectFrom("work")
    .select(["slug", "title"])
    .where("coop_id", "=", coopId)
    .where("kind", "=", "album")
    .where("merged_into", "is", null)
    .orderBy("title")
    .orderBy("id")
    .limit(limit)
    .execute();

/** In whose studios new works of a co-op may begin, by name. */
export const listMembers = (db: Database, coopId: string): Promise<{ id: string; name: string }[]> =>
  db
    .selectFrom("member")
    .select(["id", "name"])
    .where("coop_id", "=", coopId)
    .where("left_at", "is", null)
    .orderBy("name")
    .execute();
