import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { Media } from "./queries.server.ts";

/**
 * The JPEG cover of a work that this person holds: the smallest that is as wide as asked (in pixels), or the largest; null where they
 * do not hold it, or it has none.
 */
export async function findHeldCover(
  db: Database,
  input: { personId: string; workId: string; width: number | null },
): Promise<Media | null> {
  const { rows } = await sql<Media>`
    select a.storage_key as "storageKey", a.media_type as "mediaType", a.bytes, a.id::text as etag, null as "fileName",
      false as shared
    from work w join asset chosen on chosen.id = w.cover_id
    join asset a on a.work_id = w.id and a.role = 'cover' and a.replaced_at is null
      and a.upload_id is not distinct from chosen.upload_id and a.media_type = 'image/jpeg'
    where w.id = ${input.workId}
      and exists (select from download_right d where d.work_id = w.id and d.person_id = ${input.personId} and d.ended_at is null)
    order by a.position >= ${input.width ?? 100_000} desc,
      case when a.position >= ${input.width ?? 100_000} then a.position else -a.position end
    limit 1`.execute(db);
  return rows[0] ?? null;
}
