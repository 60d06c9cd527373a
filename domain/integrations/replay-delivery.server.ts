import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { keepTrace } from "../people/keep-trace.server.ts";
import { insist } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";

/**
 * Sends an event again, under the id that it always had, and as often as a new one where it fails. One that waits is sent now. Refuses
 * `not_found`, also where its endpoint was ended.
 */
export function replayDelivery(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { id, coopId, by }: { id: string; coopId: string; by: string },
): Promise<{ endpointId: string }> {
  return inTransaction(db, async (trx) => {
    await insist(trx, { by, verb: "keepIntegrations", coopId });
    const { rows } = await sql<{ endpointId: string }>`
      update webhook_delivery delivery set state = 'waiting', attempts = 0, next_at = ${house.clock.now()}
      from webhook_endpoint endpoint
      where delivery.id = ${id}::uuid and endpoint.id = delivery.endpoint_id and endpoint.coop_id = ${coopId}::uuid
        and endpoint.ended_at is null
      returning endpoint.id as "endpointId"`.execute(trx);
    const replayed = rows[0];
    if (!replayed) throw new Refusal("not_found");
    await enqueue(trx, house, "deliver-webhooks", {});
    await keepTrace(trx, house, {
      coopId,
      by,
      verb: "replay-delivery",
      subject: `endpoint:${replayed.endpointId}`,
      after: { delivery: id },
    });
    return replayed;
  });
}
