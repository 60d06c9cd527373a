import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { seenBy } from "../catalogue/card.server.ts";
import type { Media } from "./queries.server.ts";

/** A track as it may be heard by this person. `held`: it is theirs, and heard without limit. */
export type Sound = {
  id: string;
  title: string;
  durationMs: number | null;
  held: boolean;
  /** How often it may be heard whole before buying; null: as often as one likes. */
  freePlays: number | null;
  media: Media;
};

/** What every browser of today plays, of what artists upload. */
const playable = ["audio/mpeg", "audio/flac", "audio/wav", "audio/ogg", "audio/opus", "audio/mp4"];

/**
 * The sound of one track for this person (null: a stranger): what was bought as it was uploaded, where a browser can play that, else
 * what everybody may hear; null where there is nothing for them.
 */
export async function findSound(
  db: Database,
  input: { recordingId: string; personId: string | null },
): Promise<Sound | null> {
  const { rows } = await sql<Sound>`
    select r.id, r.title, r.duration_ms as "durationMs", own.right_id is not null as held, null::int as "freePlays",
      jsonb_build_object('storageKey', a.storage_key, 'mediaType', a.media_type, 'bytes', a.bytes, 'etag', a.id,
        'fileName', null, 'shared', false) as media
    from recording r join work w on w.id = r.work_id
    left join lateral (select d.id as right_id from download_right d
      where d.work_id = w.id and d.person_id = ${input.personId}::uuid and d.ended_at is null limit 1) own on true
    cross join lateral (
      select a.* from asset a
      where a.replaced_at is null and (
        (own.right_id is not null and a.id = r.asset_id and a.media_type in (${sql.join(playable)}))
        or (a.id = r.preview_id and (own.right_id is not null or ${seenBy(input.personId)})))
      order by a.id = r.asset_id desc nulls last limit 1) a
    where r.id = ${input.recordingId}`.execute(db);
  return rows[0] ?? null;
}
