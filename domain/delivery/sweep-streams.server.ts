import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";

const AT_ONCE = 500;

/**
 * Puts aside the streams that nobody may hear any more: of a file that another has replaced or that was taken out, and beginnings
 * where the artist now lets all or nothing be heard. Their bytes go a day later, with `sweepFormats`. Returns how many streams.
 */
export function sweepStreams(db: Database, { clock }: Pick<House, "clock">): Promise<number> {
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{ ids: (string | null)[] }>`
      delete from track_stream t using (
        select s.source_id, s.extent from track_stream s join asset a on a.id = s.source_id join work w on w.id = a.work_id
        where not exists (select from recording r where r.asset_id = s.source_id)
          or (s.extent = 'start' and w.hearing <> 'start')
        limit ${AT_ONCE}) gone
      where t.source_id = gone.source_id and t.extent = gone.extent
      returning array[t.opus_id, t.aac_id, t.peaks_id] as ids`.execute(trx);
    const ids = rows.flatMap((row) => row.ids).filter((id): id is string => id !== null);
    if (ids.length > 0)
      await trx.updateTable("asset").set({ replaced_at: clock.now() }).where("id", "in", ids).execute();
    return rows.length;
  });
}
