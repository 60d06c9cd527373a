import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { seenBy } from "../catalogue/card.server.ts";

/** What the bucket holds of it; `etag` changes only with the asset itself, which never changes. */
export type Media = {
  storageKey: string;
  mediaType: string;
  bytes: number;
  etag: string;
  fileName: string | null;
  shared: boolean;
};

/**
 * A cover, preview or sample that this person (null: a stranger) may see; null otherwise, originals always. The cover of a
 * withdrawn work stays visible: the libraries of its buyers show it. `shared`: everybody may see it, so caches may keep it.
 */
export async function findMedia(
  db: Database,
  input: { assetId: string; personId: string | null },
): Promise<Media | null> {
  const { rows } = await sql<Media>`
    select a.storage_key as "storageKey", a.media_type as "mediaType", a.bytes, a.id::text as etag,
      case when a.role = 'sample_epub' then w.slug || '.epub' end as "fileName",
      w.state = 'published' as shared
    from asset a join work w on w.id = a.work_id
    where a.id = ${input.assetId} and a.replaced_at is null and a.role in ('cover', 'preview', 'sample_epub')
      and (${seenBy(input.personId)} or (w.state = 'withdrawn' and a.role = 'cover'))`.execute(db);
  return rows[0] ?? null;
}

/**
 * One file of the cover that `coverId` is: of this size (the step it was made for, in pixels) and format, for whom `findMedia` would
 * show it; null otherwise.
 */
export async function findCover(
  db: Database,
  input: { coverId: string; step: number; mediaType: string; personId: string | null },
): Promise<Media | null> {
  const { rows } = await sql<Media>`
    select a.storage_key as "storageKey", a.media_type as "mediaType", a.bytes, a.id::text as etag, null as "fileName",
      w.state = 'published' as shared
    from asset chosen join work w on w.id = chosen.work_id
    join asset a on a.work_id = chosen.work_id and a.role = 'cover' and a.replaced_at is null
      and a.upload_id is not distinct from chosen.upload_id
    where chosen.id = ${input.coverId} and chosen.role = 'cover' and chosen.replaced_at is null
      and a.position = ${input.step} and a.media_type = ${input.mediaType}
      and (${seenBy(input.personId)} or w.state = 'withdrawn')`.execute(db);
  return rows[0] ?? null;
}
