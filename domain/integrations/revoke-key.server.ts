import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { keepTrace } from "../people/keep-trace.server.ts";
import { insist } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";

/** Ends a key: from its next call on, it is turned away. Ended already: nothing happens. Refuses `not_found`. */
export function revokeKey(
  db: Database,
  house: Pick<House, "clock">,
  { id, coopId, by }: { id: string; coopId: string; by: string },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    await insist(trx, { by, verb: "keepIntegrations", coopId });
    const key = await trx
      .selectFrom("api_key")
      .select("revoked_at")
      .where("id", "=", id)
      .where("coop_id", "=", coopId)
      .forUpdate()
      .executeTakeFirst();
    if (!key) throw new Refusal("not_found");
    if (key.revoked_at) return;
    await trx
      .updateTable("api_key")
      .set({ revoked_at: house.clock.now(), revoked_by: by })
      .where("id", "=", id)
      .execute();
    await keepTrace(trx, house, { coopId, by, verb: "revoke-key", subject: `key:${id}` });
  });
}
