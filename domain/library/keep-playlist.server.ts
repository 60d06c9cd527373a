import { sql } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { heldBy } from "./shelf-queries.server.ts";

const mostTracks = 10_000;

/** `songIds` replaces the tracks; or `add` puts some at the end and `remove` takes places (from 0) out of what the person sees. */
export type PlaylistChange = {
  name?: string;
  comment?: string;
  songIds?: readonly string[];
  add?: readonly string[];
  remove?: readonly number[];
};

/**
 * Makes a playlist (`id` null) or changes one of this person. Returns its id, null where they have none by that id. Tracks that they do
 * not hold are not put in; those that a refund took stay in their place, unseen.
 */
export function keepPlaylist(
  db: Database,
  { clock }: Pick<House, "clock">,
  { personId, id, change }: { personId: string; id: string | null; change: PlaylistChange },
): Promise<string | null> {
  const now = clock.now();
  return inTransaction(db, async (trx) => {
    const kept = id ?? v7();
    if (id === null) {
      await trx
        .insertInto("playlist")
        .values({
          ...{ id: kept, person_id: personId, created_at: now, changed_at: now },
          name: change.name ?? "",
          comment: change.comment ?? "",
        })
        .execute();
    } else {
      const found = await trx
        .updateTable("playlist")
        .set({
          changed_at: now,
          ...(change.name !== undefined && { name: change.name }),
          ...(change.comment !== undefined && { comment: change.comment }),
        })
        .where("id", "=", kept)
        .where("person_id", "=", personId)
        .returning("id")
        .executeTakeFirst();
      if (!found) return null;
    }
    const { songIds, add, remove } = change;
    if (!songIds && !add?.length && !remove?.length) return kept;
    const { rows } = await sql<{ recording_id: string; seen: boolean }>`
      select x.recording_id, r.work_id in (select work_id from (${heldBy(personId)}) m) as seen
      from playlist_track x join recording r on r.id = x.recording_id
      where x.playlist_id = ${kept} order by x.position`.execute(trx);
    const gone = new Set(remove);
    let place = 0;
    const stay = songIds ? [] : rows.filter(({ seen }) => !(seen && gone.has(place++)));
    const wanted = [...stay.map((row) => row.recording_id), ...(songIds ?? []), ...(add ?? [])];
    await trx.deleteFrom("playlist_track").where("playlist_id", "=", kept).execute();
    await sql`
      insert into playlist_track (playlist_id, position, recording_id)
      select ${kept}, t.position, t.id
      from unnest(${wanted.slice(0, mostTracks)}::uuid[]) with ordinality as t(id, position)
      join recording r on r.id = t.id
      where t.position <= ${stay.length} or r.work_id in (select work_id from (${heldBy(personId)}) m)`.execute(
      trx,
    );
    return kept;
  });
}

/** Deletes a playlist of this person; returns whether there was one. */
export async function removePlaylist(
  db: Database,
  { personId, id }: { personId: string; id: string },
): Promise<boolean> {
  const gone = await db
    .deleteFrom("playlist")
    .where("id", "=", id)
    .where("person_id", "=", personId)
    .returning("id")
    .executeTakeFirst();
  return gone !== undefined;
}
