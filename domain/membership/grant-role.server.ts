import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";

/**
 * Gives a person a role in a co-op: `curator` (reads what is submitted), `treasurer` (sees the money), `admin` (both, and
 * admits). Granted again, nothing changes. `by` is the person who grants it, null for a founding.
 */
export function grantRole(
  db: Database,
  house: Pick<House, "clock">,
  input: { coopId: string; personId: string; role: "curator" | "treasurer" | "admin"; by: string | null },
): Promise<void> {
  const now = house.clock.now();
  return inTransaction(db, async (trx) => {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto("coop_role")
      .values({ coop_id: input.coopId, person_id: input.personId, role: input.role, granted_at: now })
      .onConflict((conflict) => conflict.columns(["coop_id", "person_id", "role"]).doNothing())
      .executeTakeFirst();
    if (!numInsertedOrUpdatedRows) return;
    await trx
      .insertInto("audit")
      .values({
        id: v7(),
        coop_id: input.coopId,
        person_id: input.by,
        verb: "grant-role",
        subject: `person:${input.personId}`,
        after: JSON.stringify({ role: input.role }),
        at: now,
      })
      .execute();
  });
}
