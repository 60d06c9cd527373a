import { type Database, inTransaction } from "#db/connection.ts";
import { ownWork } from "../catalogue/own-work.server.ts";
import type { House } from "../house.ts";

/**
 * Takes a work back from the desk before it was answered: it is a draft again (or withdrawn, when it had been in the shop). Where
 * nothing waits, nothing changes: the co-op answered first. Refuses `not_found`.
 */
export function withdrawSubmission(
  db: Database,
  house: Pick<House, "clock">,
  input: { personId: string; workId: string },
): Promise<{ withdrawn: boolean }> {
  const now = house.clock.now();
  return inTransaction(db, async (trx) => {
    // The submission is locked before its work, as the desk does: the two would wait for each other otherwise.
    await trx
      .selectFrom("submission")
      .select("id")
      .where("work_id", "=", input.workId)
      .where("decision", "is", null)
      .forUpdate()
      .execute();
    const work = await ownWork(trx, { ...input, evenSubmitted: true });
    const open = await trx
      .updateTable("submission")
      .set({ decision: "withdrawn", decided_at: now, decided_by: input.personId })
      .where("work_id", "=", work.id)
      .where("decision", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (!open) return { withdrawn: false };
    await trx
      .updateTable("work")
      .set({ state: work.everPublished ? "withdrawn" : "draft", state_at: now, updated_at: now })
      .where("id", "=", work.id)
      .execute();
    return { withdrawn: true };
  });
}
