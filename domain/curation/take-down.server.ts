import { sql } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { rolesFor } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";

/**
 * The co-op takes a published work off the shelves (its artist has `catalogue/withdraw-work` for that). What was bought stays with
 * who bought it; payment pages that are open are closed by the sweep, which looks at the work's state. Run again, it changes
 * nothing. Refuses `not_found` (nothing there, or another co-op's) and `work_not_published`.
 */
export function takeDown(
  db: Database,
  house: Pick<House, "clock">,
  input: { personId: string; workId: string },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{ coopId: string; state: string }>`
      select w.coop_id as "coopId", w.state from work w
      where w.id = ${input.workId} and exists (select from coop_role r
        where r.coop_id = w.coop_id and r.person_id = ${input.personId} and r.role in (${rolesFor("judgeWorks")}))
      for update of w`.execute(trx);
    const work = rows[0];
    if (!work) throw new Refusal("not_found");
    if (work.state === "withdrawn") return;
    if (work.state !== "published") throw new Refusal("work_not_published");
    const now = house.clock.now();
    await trx
      .updateTable("work")
      .set({ state: "withdrawn", state_at: now, updated_at: now })
      .where("id", "=", input.workId)
      .execute();
    await trx
      .insertInto("audit")
      .values({
        id: v7(),
        coop_id: work.coopId,
        person_id: input.personId,
        verb: "take_down",
        subject: `work:${input.workId}`,
        before: JSON.stringify({ state: "published" }),
        after: JSON.stringify({ state: "withdrawn" }),
        at: now,
      })
      .execute();
  });
}
