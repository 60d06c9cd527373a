import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";

/** Entrusts one's address to somebody whom one follows (`given`), or takes it back. What is none, and a co-op, changes nothing. */
export async function giveAddress(
  db: Database,
  { clock }: Pick<House, "clock">,
  { personId, followId, given }: { personId: string; followId: string; given: boolean },
): Promise<void> {
  await db
    .updateTable("follow")
    .set({ address_given_at: given ? clock.now() : null })
    .where("id", "=", followId)
    .where("person_id", "=", personId)
    .where("agent_id", "is not", null)
    .execute();
}
