import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { ownWork } from "./own-work.server.ts";

/**
 * Takes a published work out of the shop at its artist's wish; whoever bought it keeps it, and it may be submitted again. Payment
 * pages that are open on it are closed by the sweep of sales, within two minutes. Refuses
 * `not_found` and `work_not_published`. Withdrawn already: nothing changes.
 */
export function withdrawWork(
  db: Database,
  house: Pick<House, "clock">,
  input: { personId: string; workId: string },
): Promise<void> {
  const now = house.clock.now();
  return inTransaction(db, async (trx) => {
    const work = await ownWork(trx, { ...input, evenSubmitted: true });
    if (work.state === "withdrawn") return;
    if (work.state !== "published") throw new Refusal("work_not_published");
    await trx
      .updateTable("work")
      .set({ state: "withdrawn", state_at: now, updated_at: now })
      .where("id", "=", work.id)
      .execute();
    await trx
      .insertInto("audit")
      .values({
        id: v7(),
        coop_id: work.coopId,
        person_id: input.personId,
        verb: "withdraw_work",
        subject: `work:${work.id}`,
        before: JSON.stringify({ state: work.state }),
        after: JSON.stringify({ state: "withdrawn" }),
        at: now,
      })
      .execute();
  });
}
