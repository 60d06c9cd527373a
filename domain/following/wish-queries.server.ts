import type { Database } from "#db/connection.ts";

/** The works that this person wishes for, newest wish first: ids, those out of the shop too. */
export async function wishesOf(db: Database, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("wish")
    .select("work_id")
    .where("person_id", "=", personId)
    .orderBy("created_at", "desc")
    .orderBy("work_id")
    .execute();
  return rows.map(({ work_id }) => work_id);
}
