import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { lockWorks, type Merger, traceMerger } from "./lock-works.server.ts";

/**
 * How two works of this desk (or of this artist) stand to each other: `translation` links their pages, `apart` says that they are not the
 * same and are not to be proposed again, null forgets what was said. Said again, nothing changes. Refuses `not_found`, `merge_same`.
 */
export function tieWorks(
  db: Database,
  house: Pick<House, "clock">,
  input: Merger & { oneId: string; otherId: string; tie: "translation" | "apart" | null },
): Promise<void> {
  const { oneId, otherId, tie } = input;
  if (oneId === otherId) return Promise.reject(new Refusal("merge_same"));
  return inTransaction(db, async (trx) => {
    const { coopId } = await lockWorks(trx, input, [oneId, otherId]);
    const [first, second] = oneId < otherId ? [oneId, otherId] : [otherId, oneId];
    const said = { tie: tie ?? "apart", said_at: house.clock.now(), said_by: input.personId };
    const former = await trx
      .selectFrom("work_tie")
      .select("tie")
      .where("one_id", "=", first)
      .where("other_id", "=", second)
      .executeTakeFirst();
    if ((former?.tie ?? null) === tie) return;
    if (tie === null)
      await trx.deleteFrom("work_tie").where("one_id", "=", first).where("other_id", "=", second).execute();
    else
      await trx
        .insertInto("work_tie")
        .values({ one_id: first, other_id: second, ...said })
        .onConflict((conflict) => conflict.columns(["one_id", "other_id"]).doUpdateSet(said))
        .execute();
    // Harvesters are told of the link.
    await trx
      .updateTable("work")
      .set({ updated_at: house.clock.now() })
      .where("id", "in", [oneId, otherId])
      .execute();
    await traceMerger(trx, house, input, {
      coopId,
      verb: "tie_works",
      workId: oneId,
      after: { other: otherId, tie },
    });
  });
}
