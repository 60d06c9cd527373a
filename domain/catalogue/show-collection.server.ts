import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { keepTrace } from "../people/keep-trace.server.ts";
import { Refusal } from "../refusal.ts";
import { lockCollection } from "./own-collection.server.ts";

/**
 * Gives a collection its page in the shop, or takes it away; where the front page shows it, it comes and goes there too. The same twice
 * changes nothing. Refuses `not_found` and `collection_empty` (none of its works is in the shop).
 */
export function showCollection(
  db: Database,
  house: Pick<House, "clock">,
  input: { collectionId: string; by: string; shown: boolean },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const known = await lockCollection(trx, input);
    if ((known.publishedAt !== null) === input.shown) return;
    if (input.shown && known.works === 0) throw new Refusal("collection_empty");
    const now = house.clock.now();
    await trx
      .updateTable("collection")
      .set({ published_at: input.shown ? now : null, published_by: input.shown ? input.by : null })
      .where("id", "=", input.collectionId)
      .execute();
    await keepTrace(trx, house, {
      coopId: known.coopId,
      by: input.by,
      verb: input.shown ? "publish_collection" : "hide_collection",
      subject: `collection:${input.collectionId}`,
    });
  });
}
