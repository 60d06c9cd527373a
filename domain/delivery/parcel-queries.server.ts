import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { cardOf } from "../catalogue/card.server.ts";
import { andHeld } from "../catalogue/held-edition.server.ts";
import { fingerprintOf } from "./format-queries.server.ts";
import { type Choice, choices } from "./formats.ts";
import type { ParcelWork } from "./parcel.ts";

/**
 * What somebody takes home at once: one purchase of theirs (`rightId`), found through the person or the sale whose receipt link they
 * hold; all of a sale; or all that a person holds.
 */
export type Scope = { rightId: string | null; personId: string | null; saleId: string | null };

const through = ({ rightId, personId, saleId }: Scope): RawBuilder<boolean> =>
  sql`d.ended_at is null and (d.person_id = ${personId}::uuid or coalesce(l.gift_id, l.sale_id) = ${saleId}::uuid)
    and (${rightId}::uuid is null or d.id = ${rightId}::uuid)`;

/**
 * The works of a scope with their tracks, and how each stands in every format that was asked for; newest purchase first, each work
 * once. [] where there is nothing for them: an ended right, somebody else's.
 */
export async function findParcel(db: Database, scope: Scope): Promise<ParcelWork[]> {
  const { rows } = await sql<{ parcel: ParcelWork }>`
    with held as (
      select distinct on (d.work_id) d.id, d.work_id, d.granted_at, l.position, l.title
      from download_right d join sale_line l on l.id = d.sale_line_id
      where ${through(scope)} order by d.work_id, d.granted_at desc, d.id desc)
    select jsonb_build_object('rightId', held.id, 'title', held.title, 'work', ${cardOf},
      'tracks', coalesce((
        select jsonb_agg(jsonb_build_object('sourceId', a.id, 'title', r.title, 'disc', r.disc, 'position', r.position,
            'discs', (select max(o.disc) from recording o where o.work_id = w.id), 'durationMs', r.duration_ms,
            'lossless', coalesce((a.facts ->> 'lossless')::boolean, false), 'bitrate', (a.facts ->> 'bitrate')::bigint,
            'original', jsonb_build_object('assetId', a.id, 'mediaType', a.media_type, 'bytes', a.bytes),
            'formats', coalesce((
              select jsonb_object_agg(t.format, jsonb_build_object(
                'state', case when t.made_from = f.now then 'made' when t.failed_at is not null then 'failed' else 'preparing' end,
                'reason', case when t.made_from is distinct from f.now then t.reason end,
                'ready', case when t.made_from = f.now then jsonb_build_object('assetId', m.id, 'mediaType', m.media_type, 'bytes', m.bytes) end))
              from track_format t left join asset m on m.id = t.made_id
              where t.source_id = a.id and (t.made_from = f.now or t.wanted = f.now)), '{}'))
          order by r.disc, r.position)
        from recording r join asset a on a.id = r.asset_id and a.role = 'original' and a.replaced_at is null
        cross join lateral (select ${fingerprintOf} as now) f
        where r.work_id = w.id), '[]'),
      'files', coalesce((
        select jsonb_agg(jsonb_build_object('assetId', a.id, 'mediaType', a.media_type, 'bytes', a.bytes, 'format', e.format)
          order by e.former_of is not null, e.position, a.position, a.id)
        from asset a join edition e on e.id = a.edition_id
        where a.work_id = w.id and a.role = 'original' and a.replaced_at is null
          and not exists (select from recording r where r.asset_id = a.id) ${andHeld}), '[]')) as parcel
    from held join work w on w.id = held.work_id
    join download_right d on d.id = held.id
    order by held.granted_at desc, held.position`.execute(db);
  return rows.map(({ parcel }) => parcel);
}

/**
 * The format chosen last: for this very scope (`own`), or, where none was, by the same person or for the same sale. Null: never.
 */
export async function lastChoice(
  db: Database,
  scope: Scope,
): Promise<{ choice: Choice; own: boolean } | null> {
  const { rows } = await sql<{ format: string; own: boolean }>`
    select d.format, coalesce(d.id = ${scope.rightId}::uuid, true) as own
    from download_right d join sale_line l on l.id = d.sale_line_id
    where d.format is not null and (${through(scope)} or ${through({ ...scope, rightId: null })})
    order by own desc, d.format_chosen_at desc limit 1`.execute(db);
  const choice = choices.find((each) => each === rows[0]?.format);
  return choice && rows[0] ? { choice, own: rows[0].own } : null;
}
