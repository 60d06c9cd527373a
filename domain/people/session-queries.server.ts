import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";

export type ListedSession = {
  id: string;
  userAgent: string | null;
  proof: "link" | "passkey";
  createdAt: Date;
  seenAt: Date;
};

/** Where this person is signed in, the last seen first. */
export async function listSessions(
  db: Database,
  { clock }: Pick<House, "clock">,
  personId: string,
): Promise<ListedSession[]> {
  return db
    .selectFrom("session")
    .select(["id", "user_agent as userAgent", "proof", "created_at as createdAt", "seen_at as seenAt"])
    .where("person_id", "=", personId)
    .where("expires_at", ">", clock.now())
    .orderBy("seen_at", "desc")
    .orderBy("id")
    .execute() as Promise<ListedSession[]>;
}
