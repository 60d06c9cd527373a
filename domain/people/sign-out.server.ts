import type { Database } from "#db/connection.ts";
import { hashToken } from "./secret.ts";

/** Ends a session for good; a token that is unknown already is no error. */
export async function signOut(db: Database, session: string): Promise<void> {
  await db.deleteFrom("session").where("token_hash", "=", hashToken(session)).execute();
}
