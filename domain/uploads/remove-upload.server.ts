import { type Database, inTransaction } from "#db/connection.ts";
import { ownWork } from "../catalogue/own-work.server.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { ownUpload } from "./own-upload.server.ts";

/**
 * Takes a file out of a work: an upload under way is given up, a kept one leaves the record with its track. Its bytes go
 * with the next sweep. Refuses `not_found`, `work_submitted`, and `upload_sold` once the work has been published: those
 * who bought it keep it, so such a file may only be replaced. Run again, it changes nothing.
 */
export async function removeUpload(
  db: Database,
  house: Pick<House, "clock">,
  input: { personId: string; uploadId: string },
): Promise<void> {
  const { id, workId } = await ownUpload(db, input);
  const now = house.clock.now();
  await inTransaction(db, async (trx) => {
    const work = await ownWork(trx, { personId: input.personId, workId });
    const { state } = await trx
      .selectFrom("upload")
      .select("state")
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (state === "removed") return;
    if (state === "accepted" && work.everPublished) throw new Refusal("upload_sold");
    const assets = trx.selectFrom("asset").select("id").where("upload_id", "=", id);
    const recordings = trx.selectFrom("recording").select("id").where("asset_id", "in", assets);
    await trx.deleteFrom("contribution").where("recording_id", "in", recordings).execute();
    await trx.deleteFrom("recording").where("asset_id", "in", assets).execute();
    await trx
      .updateTable("work")
      .set({ cover_id: null })
      .where("id", "=", workId)
      .where("cover_id", "in", assets)
      .execute();
    await trx
      .updateTable("asset")
      .set({ replaced_at: now })
      .where("upload_id", "=", id)
      .where("replaced_at", "is", null)
      .execute();
    await trx.deleteFrom("finding").where("upload_id", "=", id).execute();
    await trx.updateTable("upload").set({ state: "removed", state_at: now }).where("id", "=", id).execute();
    await trx.updateTable("work").set({ updated_at: now }).where("id", "=", workId).execute();
  });
}
