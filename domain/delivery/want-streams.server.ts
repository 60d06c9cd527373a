import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";
import { streamOf } from "./stream-queries.server.ts";
import type { Extent } from "./streams.ts";

/** A track takes seconds, an hour of sound some minutes; after this its job is lost, and may be asked for again. */
const MADE_WITHIN_MS = 60 * 60_000;

/**
 * Asks for every stream that is missing, of one work or of all that are read by a desk or have been in the shop: the whole of each
 * track, and its beginning where strangers hear no more. Run again, it rings for nothing that is under way. Returns how many were
 * asked for, `atMost` in one go.
 */
export function wantStreams(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { workId = null, atMost = 1000 }: { workId?: string | null; atMost?: number } = {},
): Promise<number> {
  const now = house.clock.now();
  const lost = new Date(now.getTime() - MADE_WITHIN_MS);
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{ sourceId: string; extent: Extent }>`
      insert into track_stream (source_id, extent, wanted, asked_at)
      select a.id, x.extent, ${streamOf}, ${now}
      from work w join recording r on r.work_id = w.id
      join asset a on a.id = r.asset_id and a.role = 'original' and a.media_type like 'audio/%' and a.bytes > 0
      cross join (values ('whole'), ('start')) x (extent)
      left join track_stream t on t.source_id = a.id and t.extent = x.extent
      where w.kind = 'album' and (w.state = 'submitted' or w.published_at is not null)
        and (${workId}::uuid is null or w.id = ${workId}::uuid)
        and (x.extent = 'whole' or w.hearing = 'start')
        and t.made_from is distinct from ${streamOf}
        and (t.wanted is distinct from ${streamOf} or t.asked_at < ${lost})
      order by a.id, x.extent limit ${atMost}
      on conflict (source_id, extent) do update
        set wanted = excluded.wanted, asked_at = excluded.asked_at, failed_at = null, reason = null
      returning source_id as "sourceId", extent`.execute(trx);
    await enqueueAll(trx, house, "make-stream", rows);
    return rows.length;
  });
}
