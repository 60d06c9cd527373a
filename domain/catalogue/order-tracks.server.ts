import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { indexWork } from "./index-work.server.ts";
import { ownWork } from "./own-work.server.ts";

/**
 * Names the tracks of an album and puts them in this order, on one disc; what their files say of it counts no more. Every track of the album is there once, each with a
 * title. Refuses `not_found`, `work_submitted`, and `tracks_changed` where the list is not the album's (a file came or went since).
 */
export function orderTracks(
  db: Database,
  house: Pick<House, "clock">,
  input: { personId: string; workId: string; tracks: readonly { id: string; title: string }[] },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { id, state } = await ownWork(trx, input);
    const known = await trx.selectFrom("recording").select("id").where("work_id", "=", id).execute();
    const given = new Set(input.tracks.map((track) => track.id));
    if (
      given.size !== input.tracks.length ||
      known.length !== given.size ||
      known.some((each) => !given.has(each.id))
    ) {
      throw new Refusal("tracks_changed");
    }
    await sql`
      update recording set title = given.title, disc = 1, position = given.place
      from unnest(${input.tracks.map((track) => track.id)}::uuid[], ${input.tracks.map((track) => track.title)}::text[])
        with ordinality as given (id, title, place)
      where recording.id = given.id and recording.work_id = ${id}`.execute(trx);
    const now = house.clock.now();
    await trx
      .updateTable("work")
      .set({ updated_at: now, tracks_ordered_at: now })
      .where("id", "=", id)
      .execute();
    if (state === "published") await indexWork(trx, id);
  });
}
