import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.ts";
import { placeTracks, type TrackFile } from "./track-place.ts";

/**
 * Puts the tracks of an album where their tags, names and folders say, each time one arrives: files of a folder come in any order. Once
 * somebody has put them in order (`catalogue/order-tracks`) that order holds, and what comes is left behind it. The caller holds the lock
 * of the work. Run again, it changes nothing.
 */
export async function placeTracksOf(trx: Transaction<DB>, workId: string): Promise<void> {
  const { rows } = await sql<TrackFile>`
    select r.id, coalesce(u.file_name, '') as "fileName", tagged.number, tagged.disc
    from recording r join asset a on a.id = r.asset_id left join upload u on u.id = a.upload_id
    left join lateral (
      select min((f.value #>> '{}')::int) filter (where f.field = 'trackNumber') as number,
        min((f.value #>> '{}')::int) filter (where f.field = 'discNumber') as disc
      from finding f where f.work_id = r.work_id and f.upload_id = a.upload_id
        and f.field in ('trackNumber', 'discNumber') and f.source <> 'file-name') tagged on true
    where r.work_id = ${workId} and (select tracks_ordered_at from work where id = ${workId}) is null`.execute(
    trx,
  );
  if (rows.length === 0) return;
  await sql`
    update recording r set disc = placed.disc, position = placed.position
    from jsonb_to_recordset(${JSON.stringify(placeTracks(rows))}::jsonb) as placed (id uuid, disc smallint, position smallint)
    where r.id = placed.id and (r.disc, r.position) is distinct from (placed.disc, placed.position)`.execute(
    trx,
  );
}
