import type { Database } from "#db/connection.ts";

/** What was published until then was written about to this person. */
export async function noteTold(
  db: Database,
  { personId, until }: { personId: string; until: Date },
): Promise<void> {
  await db
    .updateTable("follow")
    .set({ told_until: until })
    .where("person_id", "=", personId)
    .where("told_until", "<", until)
    .execute();
}
