import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { keepTrace } from "./keep-trace.server.ts";
import type { Viewer } from "./viewer.ts";

/**
 * Forgets one of this person's passkeys: it opens nothing any more. One that is gone already is no error. Refuses
 * `passkey_recovery_needed` to somebody with a role who came in by their mailbox alone.
 */
export async function removePasskey(
  db: Database,
  house: Pick<House, "clock">,
  viewer: Pick<Viewer, "id" | "roles" | "session">,
  passkeyId: string,
): Promise<void> {
  if (viewer.roles.length > 0 && viewer.session.proof !== "passkey")
    throw new Refusal("passkey_recovery_needed");
  await inTransaction(db, async (trx) => {
    const gone = await trx
      .deleteFrom("passkey")
      .where("id", "=", passkeyId)
      .where("person_id", "=", viewer.id)
      .returning("id")
      .executeTakeFirst();
    if (!gone) return;
    await keepTrace(trx, house, {
      coopId: null,
      by: viewer.id,
      verb: "remove-passkey",
      subject: `person:${viewer.id}`,
      before: { passkeyId },
    });
  });
}
