import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { Extent } from "./streams.ts";

/** Raised when streams are made in another way: they are then all made anew. */
const MAKER = 1;

/** What a stream made now from the original `a` is made from, as a hash; nothing of the record is in it, so a correction changes nothing. */
export const streamOf: RawBuilder<string> = sql`encode(sha256(convert_to(
  coalesce(a.sha256, a.id::text) || ' ' || ${sql.lit(String(MAKER))}, 'UTF8')), 'hex')`;

/** A stream that is wanted: the received sound on which it stands. */
export type StreamToMake = { workId: string; storageKey: string; mediaType: string; fingerprint: string };

/** What the job needs; undefined where there is nothing to make: it is there already, nobody wants it any more, or its track is gone. */
export async function streamToMake(
  db: Database,
  { sourceId, extent }: { sourceId: string; extent: Extent },
): Promise<StreamToMake | undefined> {
  const { rows } = await sql<StreamToMake>`
    select w.id as "workId", a.storage_key as "storageKey", a.media_type as "mediaType", ${streamOf} as fingerprint
    from track_stream t join asset a on a.id = t.source_id and a.role = 'original'
    join recording r on r.asset_id = a.id join work w on w.id = a.work_id
    where t.source_id = ${sourceId} and t.extent = ${extent} and t.made_from is distinct from ${streamOf}`.execute(
    db,
  );
  return rows[0];
}
