import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { positionOf, type ReadingPosition } from "./reading-queries.server.ts";

type Read = {
  rightId: string;
  assetId: string;
  personId: string;
  place: string;
  /** Of the whole book, in basis points. */
  share: number;
  /** How long ago it was read there, in ms: a device without network tells later. Bounded to three months. */
  agoMs: number;
  /** The `readAt` that this device knew of; null: none. */
  known: string | null;
};

const mostAgoMs = 90 * 86_400_000;

/**
 * Keeps where a reader is: the newest reading wins, whichever device tells of it first. `kept` says whether it was this one; `elsewhere`
 * is where another device was meanwhile, of which this one did not know. Null where the book is not theirs to read.
 */
export async function keepReading(
  db: Database,
  { clock }: Pick<House, "clock">,
  read: Read,
): Promise<{ kept: boolean; readAt: string; elsewhere: ReadingPosition | null } | null> {
  const readAt = new Date(clock.now().getTime() - Math.min(Math.max(0, read.agoMs), mostAgoMs));
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{ workId: string; before: ReadingPosition | null }>`
      select d.work_id as "workId",
        (select ${positionOf} from reading_position p
          where p.person_id = d.person_id and p.work_id = d.work_id) as before
      from download_right d
      join asset a on a.work_id = d.work_id and a.id = ${read.assetId} and a.role = 'original' and a.replaced_at is null
      where d.id = ${read.rightId} and d.person_id = ${read.personId} and d.ended_at is null
      for update of d`.execute(trx);
    const found = rows[0];
    if (!found) return null;
    const { numAffectedRows } = await sql`
      insert into reading_position (person_id, work_id, asset_id, place, share, read_at)
      values (${read.personId}, ${found.workId}, ${read.assetId}, ${read.place}, ${read.share}, ${readAt})
      on conflict (person_id, work_id) do update
        set asset_id = excluded.asset_id, place = excluded.place, share = excluded.share, read_at = excluded.read_at
        where reading_position.read_at <= excluded.read_at`.execute(trx);
    const kept = numAffectedRows === 1n;
    const { before } = found;
    const fromElsewhere = before !== null && before.readAt !== read.known && before.place !== read.place;
    return {
      kept,
      readAt: kept || !before ? readAt.toISOString() : before.readAt,
      elsewhere: fromElsewhere ? before : null,
    };
  });
}
