import { sql } from "kysely";
import type { Database } from "#db/connection.ts";

/**
 * Writes what the search knows of a work, anew: called when it is published and whenever its record is corrected, in the same
 * transaction. How is said in migration 0047, in SQL, because a trigger (a work leaves the shop, a price changes) and those who
 * bring many works at once ask for the very same. Of a work that is not published, or does not exist, the search knows nothing.
 */
export async function indexWork(db: Database, workId: string): Promise<void> {
  await sql`select index_works(array[${workId}::uuid])`.execute(db);
}
