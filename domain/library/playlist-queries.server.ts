import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { heldBy } from "./shelf-queries.server.ts";

/** A list of tracks that somebody made; counted are those that they still hold. `coverOf` is the album of the first. */
export type Playlist = {
  id: string;
  name: string;
  comment: string;
  createdAt: Date;
  changedAt: Date;
  songs: number;
  durationMs: number;
  coverOf: string | null;
};

/** The playlists of this person, oldest first; only that one where `id` is given. */
export async function listPlaylists(
  db: Database,
  personId: string,
  id: string | null = null,
): Promise<Playlist[]> {
  const { rows } = await sql<Playlist>`
    with mine as (${heldBy(personId)})
    select p.id, p.name, p.comment, p.created_at as "createdAt", p.changed_at as "changedAt",
      coalesce(t.songs, 0)::int as songs, coalesce(t.duration, 0)::int as "durationMs", t.first as "coverOf"
    from playlist p left join lateral (
      select count(*) as songs, sum(r.duration_ms) as duration,
        (array_agg(r.work_id order by x.position))[1] as first
      from playlist_track x join recording r on r.id = x.recording_id join mine on mine.work_id = r.work_id
      join asset a on a.id = r.asset_id and a.role = 'original' and a.replaced_at is null
      where x.playlist_id = p.id) t on true
    where p.person_id = ${personId} and ${id === null ? sql`true` : sql`p.id = ${id}`}
    order by p.created_at, p.id`.execute(db);
  return rows;
}
