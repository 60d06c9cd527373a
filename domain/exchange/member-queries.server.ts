import type { Database } from "#db/connection.ts";

/** In whose studios new works of a co-op may begin, by name. */
export const listMembers = (db: Database, coopId: string): Promise<{ id: string; name: string }[]> =>
  db
    .selectFrom("member")
    .select(["id", "name"])
    .where("coop_id", "=", coopId)
    .where("left_at", "is", null)
    .orderBy("name")
    .execute();
