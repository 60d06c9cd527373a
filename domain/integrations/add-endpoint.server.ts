import { type Database, inTransaction } from "#db/connection.ts";
import { judgeOutgoing } from "#gateways/outgoing.ts";
import type { House } from "../house.ts";
import { keepTrace } from "../people/keep-trace.server.ts";
import { insist } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import { isLocalHouse } from "./local-house.ts";
import type { EventName } from "./scopes.ts";

const mostEndpoints = 20;

/**
 * Begins to tell an address of these events, from now on. `id` is made by the form: the same one sent twice is one endpoint. Refuses
 * `not_found` to who may not, `endpoint_address` for what is no https address, `endpoint_unknown` where its name leads nowhere,
 * `endpoint_private` where it leads into our own network, `too_many_endpoints` above twenty.
 */
export async function addEndpoint(
  db: Database,
  house: Pick<House, "clock" | "settings">,
  input: { id: string; coopId: string; by: string; url: string; events: readonly EventName[] },
): Promise<void> {
  const { id, coopId, by, url, events } = input;
  await insist(db, { by, verb: "keepIntegrations", coopId });
  const wrong = await judgeOutgoing(url, { anywhere: isLocalHouse(house.settings) });
  if (wrong)
    throw new Refusal(
      wrong === "private"
        ? "endpoint_private"
        : wrong === "not_found"
          ? "endpoint_unknown"
          : "endpoint_address",
    );
  await inTransaction(db, async (trx) => {
    await insist(trx, { by, verb: "keepIntegrations", coopId });
    await trx.selectFrom("coop").select("id").where("id", "=", coopId).forUpdate().execute();
    const known = await trx
      .selectFrom("webhook_endpoint")
      .select(["id", "ended_at"])
      .where("coop_id", "=", coopId)
      .execute();
    if (known.some((each) => each.id === id)) return;
    if (known.filter((each) => each.ended_at === null).length >= mostEndpoints)
      throw new Refusal("too_many_endpoints", { most: mostEndpoints });
    await trx
      .insertInto("webhook_endpoint")
      .values({
        id,
        coop_id: coopId,
        url,
        events: [...events],
        made_by: by,
        made_at: house.clock.now(),
      })
      .execute();
    await keepTrace(trx, house, {
      coopId,
      by,
      verb: "add-endpoint",
      subject: `endpoint:${id}`,
      // An address may hold a secret of theirs behind the host: the audit names the host alone.
      after: { host: new URL(url).host, events: [...events] },
    });
  });
}
