import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { seenBy } from "../catalogue/card.server.ts";
import type { HeardFile } from "./hearing-queries.server.ts";

/** What every browser of today plays, of what artists upload. */
const playable = ["audio/mpeg", "audio/flac", "audio/wav", "audio/ogg", "audio/opus", "audio/mp4"];

/**
 * What stands in for a track of which no stream is made (yet): for who bought it the file as it was uploaded, where a browser can play
 * that; else its excerpt, as often as one likes. Null where there is nothing for this person (null: a stranger).
 */
export async function findSound(
  db: Database,
  { recordingId, personId }: { recordingId: string; personId: string | null },
): Promise<HeardFile | null> {
  const { rows } = await sql<HeardFile>`
    select own.id is not null as held, null::int as "freePlays",
      jsonb_build_object('storageKey', a.storage_key, 'mediaType', a.media_type, 'bytes', a.bytes, 'etag', a.id,
        'fileName', null, 'shared', false) as media
    from recording r join work w on w.id = r.work_id
    left join lateral (select d.id from download_right d
      where d.work_id = w.id and d.person_id = ${personId}::uuid and d.ended_at is null limit 1) own on true
    join asset a on a.replaced_at is null and (
      (a.id = r.asset_id and own.id is not null and a.media_type in (${sql.join(playable)}))
      or (a.id = r.preview_id and (own.id is not null or (w.hearing <> 'none' and ${seenBy(personId)}))))
    where r.id = ${recordingId}
    order by a.id = r.asset_id desc nulls last limit 1`.execute(db);
  return rows[0] ?? null;
}
