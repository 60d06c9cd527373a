import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { keepTrace } from "../people/keep-trace.server.ts";
import { insist } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";

/** Ends an endpoint: it is told nothing more, and what still waited is given up. Ended already: nothing happens. Refuses `not_found`. */
export function endEndpoint(
  db: Database,
  house: Pick<House, "clock">,
  { id, coopId, by }: { id: string; coopId: string; by: string },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    await insist(trx, { by, verb: "keepIntegrations", coopId });
    const endpoint = await trx
      .selectFrom("webhook_endpoint")
      .select("ended_at")
      .where("id", "=", id)
      .where("coop_id", "=", coopId)
      .forUpdate()
      .executeTakeFirst();
    if (!endpoint) throw new Refusal("not_found");
    if (endpoint.ended_at) return;
    const now = house.clock.now();
    await trx
      .updateTable("webhook_endpoint")
      .set({ ended_at: now, ended_by: by })
      .where("id", "=", id)
      .execute();
    await trx
      .updateTable("webhook_delivery")
      .set({ state: "given_up" })
      .where("endpoint_id", "=", id)
      .where("state", "=", "waiting")
      .execute();
    await keepTrace(trx, house, { coopId, by, verb: "end-endpoint", subject: `endpoint:${id}` });
  });
}
