import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";

/** Ends a device of this person: from its next request on, it is turned away. One that is another's or ended already stays as it is. */
export async function revokeDevice(
  db: Database,
  { clock }: Pick<House, "clock">,
  { id, personId }: { id: string; personId: string },
): Promise<void> {
  await db
    .updateTable("device")
    .set({ revoked_at: clock.now() })
    .where("id", "=", id)
    .where("person_id", "=", personId)
    .where("revoked_at", "is", null)
    .execute();
}
