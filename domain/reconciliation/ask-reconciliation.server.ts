import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { Refusal } from "../refusal.ts";
import { keptPlatform } from "./queries.server.ts";

/** A run that was not finished by then was cut; another may be asked for. */
const longestMs = 15 * 60_000;

/**
 * Asks for a reconciliation now, by who keeps the books of the platform; one that is under way is not begun twice. Refuses
 * `not_found`.
 */
export async function askReconciliation(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { personId }: { personId: string },
): Promise<void> {
  const coop = await keptPlatform(db, personId);
  if (!coop) throw new Refusal("not_found");
  const now = house.clock.now();
  await inTransaction(db, async (trx) => {
    const underWay = await trx
      .selectFrom("reconciliation")
      .select("id")
      .where("ended_at", "is", null)
      .where("asked_at", ">", new Date(now.getTime() - longestMs))
      .executeTakeFirst();
    if (underWay) return;
    const runId = v7();
    await trx.insertInto("reconciliation").values({ id: runId, asked_at: now, asked_by: personId }).execute();
    await enqueue(trx, house, "reconcile", { runId });
  });
}
