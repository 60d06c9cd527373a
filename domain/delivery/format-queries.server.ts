import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { creditsOf } from "../catalogue/card.server.ts";
import type { SoundFormat } from "./formats.ts";
import type { TrackRecord } from "./tags.ts";

/** Raised when what is written into files changes for the same record: everything is then made anew, as it is asked for. */
const WRITER = 1;

/** The record of a `recording` named `r` of a `work` named `w`, as one json value. */
const recordOf: RawBuilder<TrackRecord> = sql`jsonb_build_object('title', r.title, 'isrc', r.isrc, 'lyrics', r.lyrics,
  'disc', r.disc, 'number', r.position,
  'discs', (select max(o.disc) from recording o where o.work_id = w.id),
  'tracks', (select max(o.position) from recording o where o.work_id = w.id and o.disc = r.disc),
  'album', w.title, 'date', w.published_on, 'language', w.language, 'rights', w.rights,
  'publisher', coalesce(w.publisher, (select o.name from coop o where o.id = w.coop_id)),
  'genres', coalesce((select jsonb_agg(s ->> 'label') from jsonb_array_elements(w.subjects) s where s ->> 'label' <> ''), '[]'),
  'barcode', (select min(i.value) from identifier i left join edition e on e.id = i.edition_id
    where i.scheme = 'gtin' and (i.work_id = w.id or e.work_id = w.id)),
  'credits', ${creditsOf},
  'people', coalesce((select jsonb_agg(jsonb_build_object('name', g.name, 'slug', g.slug, 'role', c.role) order by c.position, g.name)
    from contribution c join agent g on g.id = c.agent_id where c.recording_id = r.id), '[]'))`;

/** What a file made now from the original `a` would carry, as a hash: another record, cover or source is another hash. */
export const fingerprintOf: RawBuilder<string> = sql`encode(sha256(convert_to((${recordOf}
  || jsonb_build_object('cover', w.cover_id, 'source', coalesce(a.sha256, a.id::text), 'writer', ${sql.lit(WRITER)}))::text, 'UTF8')), 'hex')`;

/** A received sound that is to be made into a format, with all that goes into the file. */
export type TrackToMake = {
  workId: string;
  storageKey: string;
  mediaType: string;
  bitDepth: number | null;
  channels: number | null;
  /** The cover as a JPEG of the house. */
  coverKey: string | null;
  record: TrackRecord;
  fingerprint: string;
};

/** What the job needs; undefined where there is nothing to make: it is there already, nobody asked, or its track is gone. */
export async function trackToMake(
  db: Database,
  { sourceId, format }: { sourceId: string; format: SoundFormat },
): Promise<TrackToMake | undefined> {
  const { rows } = await sql<TrackToMake>`
    select w.id as "workId", a.storage_key as "storageKey", a.media_type as "mediaType",
      (a.facts ->> 'bitDepth')::int as "bitDepth", (a.facts ->> 'channels')::int as channels,
      (select c.storage_key from asset c where c.id = w.cover_id and c.media_type = 'image/jpeg') as "coverKey",
      ${recordOf} as record, ${fingerprintOf} as fingerprint
    from track_format t join asset a on a.id = t.source_id and a.role = 'original'
    join recording r on r.asset_id = a.id join work w on w.id = a.work_id
    where t.source_id = ${sourceId} and t.format = ${format} and t.made_from is distinct from ${fingerprintOf}`.execute(
    db,
  );
  return rows[0];
}

/** The records of all tracks of these works, in order, by work: what a booklet is written from. */
export async function trackRecords(
  db: Database,
  workIds: readonly string[],
): Promise<Map<string, TrackRecord[]>> {
  const { rows } = await sql<{ workId: string; records: TrackRecord[] }>`
    select w.id as "workId", jsonb_agg(${recordOf} order by r.disc, r.position) as records
    from work w join recording r on r.work_id = w.id
    where w.id = any(${workIds}::uuid[]) group by w.id`.execute(db);
  return new Map(rows.map(({ workId, records }) => [workId, records]));
}
