import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { cardOf, type WorkCard } from "../catalogue/card.server.ts";
import { andHeld } from "../catalogue/held-edition.server.ts";

/** A file that comes with a purchase; `track` where it is one of an album. */
export type HeldFile = {
  assetId: string;
  format: "epub" | "pdf" | "music";
  mediaType: string;
  bytes: number;
  /** Of an edition that a newer one has taken the place of, kept for who bought it. */
  former: boolean;
  /** `id` is of the recording. */
  track: { id: string; disc: number; position: number; title: string; durationMs: number | null } | null;
};

/** One work that somebody may download. `title` is as it was sold. */
export type Held = {
  rightId: string;
  saleId: string;
  title: string;
  grantedAt: string;
  endedAt: string | null;
  copies: number;
  work: WorkCard & { onSale: boolean };
  files: HeldFile[];
};

const heldOf: RawBuilder<Held> = sql`jsonb_build_object(
  'rightId', d.id, 'saleId', l.sale_id, 'title', l.title, 'grantedAt', d.granted_at, 'endedAt', d.ended_at, 'copies', d.copies,
  'work', ${cardOf} || jsonb_build_object('onSale', w.state = 'published'),
  'files', case when d.ended_at is null then coalesce((
    select jsonb_agg(jsonb_build_object('assetId', a.id, 'format', e.format, 'mediaType', a.media_type, 'bytes', a.bytes, 'former', e.former_of is not null,
        'track', case when r.id is not null then jsonb_build_object('id', r.id, 'disc', r.disc, 'position', r.position,
          'title', r.title, 'durationMs', r.duration_ms) end)
      order by e.former_of is not null, e.position, r.disc, r.position, a.position, a.id)
    from asset a join edition e on e.id = a.edition_id left join recording r on r.asset_id = a.id
    where a.work_id = w.id and a.role = 'original' and a.replaced_at is null ${andHeld}), '[]') else '[]' end)`;

/**
 * Everything that this person holds, newest purchase first; a work bought twice stands once, by a right that has not ended where
 * there is one.
 */
export async function findLibrary(db: Database, personId: string): Promise<Held[]> {
  const { rows } = await sql<{ held: Held }>`
    with mine as (
      select distinct on (work_id) * from download_right where person_id = ${personId}
      order by work_id, ended_at is not null, granted_at desc, id desc)
    select ${heldOf} as held
    from mine d join sale_line l on l.id = d.sale_line_id join work w on w.id = d.work_id
    order by d.granted_at desc, l.position`.execute(db);
  return rows.map(({ held }) => held);
}

/**
 * What one sale gave, in the order of its lines: for whoever holds its link. Of a gift, the link of the gift opens it (its id stands
 * in place of the sale's), and the link of the receipt does not.
 */
export async function findHeldOfSale(db: Database, saleId: string): Promise<Held[]> {
  const { rows } = await sql<{ held: Held }>`
    select ${heldOf} as held
    from sale_line l join download_right d on d.sale_line_id = l.id join work w on w.id = d.work_id
    where coalesce(l.gift_id, l.sale_id) = ${saleId} order by l.position`.execute(db);
  return rows.map(({ held }) => held);
}
