import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { cardOf, type WorkCard } from "../catalogue/card.server.ts";

/** Where somebody is in a book: `place` within its file, `share` of the whole in basis points, `readAt` in ISO 8601. */
export type ReadingPosition = { place: string; share: number; readAt: string };

/** Of a `reading_position` named `p`. To the millisecond, as it was told. */
export const positionOf: RawBuilder<ReadingPosition> = sql`jsonb_build_object('place', p.place, 'share', p.share,
  'readAt', to_char(p.read_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`;

/** A book that is held, to be read. `title` is as it was sold. */
type ReadingBook = {
  rightId: string;
  assetId: string;
  title: string;
  work: WorkCard;
  position: (ReadingPosition & { sameFile: boolean }) | null;
};

/** The EPUB of this purchase (the first, where there are several), and where its reader is; null where it is not theirs to read. */
export async function findReadingBook(
  db: Database,
  input: { rightId: string; personId: string },
): Promise<ReadingBook | null> {
  const { rows } = await sql<ReadingBook>`
    select d.id as "rightId", a.id as "assetId", l.title, ${cardOf} as work,
      (select ${positionOf} || jsonb_build_object('sameFile', p.asset_id = a.id)
        from reading_position p where p.person_id = d.person_id and p.work_id = w.id) as position
    from download_right d join sale_line l on l.id = d.sale_line_id join work w on w.id = d.work_id
    join asset a on a.work_id = w.id and a.role = 'original' and a.replaced_at is null and a.media_type = 'application/epub+zip'
    where d.id = ${input.rightId} and d.person_id = ${input.personId} and d.ended_at is null
    order by a.position, a.id limit 1`.execute(db);
  return rows[0] ?? null;
}
