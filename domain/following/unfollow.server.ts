import type { Database } from "#db/connection.ts";

/** Ends one follow of this person, or all of them (`followId` null: by the link of a letter). What is none changes nothing. */
export async function unfollow(
  db: Database,
  { personId, followId }: { personId: string; followId: string | null },
): Promise<void> {
  await db
    .deleteFrom("follow")
    .where("person_id", "=", personId)
    .$if(followId !== null, (query) => query.where("id", "=", followId!))
    .execute();
}
