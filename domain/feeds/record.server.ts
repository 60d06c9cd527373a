import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { prepared } from "#db/prepared.ts";
import { priceOf } from "../catalogue/card.server.ts";
import type { FeedWork } from "./feed-work.ts";

/** A moment with all that the database knows of it, in UTC. */
export const momentOf = (column: RawBuilder<unknown>): RawBuilder<string> =>
  sql`to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const identifiersWhere = (of: RawBuilder<unknown>): RawBuilder<unknown> => sql`coalesce((
  select jsonb_agg(jsonb_build_object('scheme', i.scheme, 'value', i.value) order by i.scheme, i.value)
  from identifier i where ${of}), '[]')`;

/** Named in full, so that the one index on all three columns serves. */
export const identifiersOfAgent: RawBuilder<unknown> = identifiersWhere(
  sql`i.work_id is null and i.edition_id is null and i.agent_id = g.id`,
);

const creditsWhere = (of: RawBuilder<unknown>): RawBuilder<unknown> => sql`coalesce((
  select jsonb_agg(jsonb_build_object('id', g.id, 'slug', g.slug, 'name', g.name, 'sortName', g.sort_name, 'kind', g.kind,
    'role', c.role, 'identifiers', ${identifiersOfAgent}) order by c.position, g.name)
  from contribution c join agent g on g.id = c.agent_id where ${of}), '[]')`;

/** All that feeds tell of a `work` named `w`, as one json value. */
export const recordOf: RawBuilder<FeedWork> = sql`jsonb_build_object('id', w.id, 'slug', w.slug, 'kind', w.kind,
  'title', w.title, 'subtitle', w.subtitle, 'sortTitle', w.sort_title, 'language', w.language,
  'originalLanguage', w.original_language, 'description', w.description, 'subjects', w.subjects, 'series', w.series,
  'publisher', w.publisher, 'publishedOn', w.published_on, 'rights', w.rights, 'pageCount', w.page_count,
  'durationMs', w.duration_ms, 'accessibility', w.accessibility, 'price', ${priceOf},
  'publishedAt', ${momentOf(sql`w.published_at`)}, 'updatedAt', ${momentOf(sql`w.updated_at`)},
  'coop', (select jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name) from coop o where o.id = w.coop_id),
  'credits', ${creditsWhere(sql`c.work_id = w.id and c.recording_id is null`)},
  'identifiers', ${identifiersWhere(sql`i.work_id = w.id`)},
  'editions', coalesce((
    select jsonb_agg(jsonb_build_object('id', e.id, 'format', e.format, 'types', f.types, 'bytes', f.bytes,
      'identifiers', ${identifiersWhere(sql`i.edition_id = e.id`)}) order by e.position, e.format)
    from edition e cross join lateral (
      select count(*) as files, coalesce(jsonb_agg(distinct a.media_type), '[]') as types, coalesce(sum(a.bytes), 0) as bytes
      from asset a where a.work_id = w.id and a.edition_id = e.id and a.role = 'original' and a.replaced_at is null) f
    where e.work_id = w.id and e.former_of is null and f.files > 0), '[]'),
  'tracks', coalesce((
    select jsonb_agg(jsonb_build_object('id', r.id, 'disc', r.disc, 'position', r.position, 'title', r.title, 'isrc', r.isrc,
      'durationMs', r.duration_ms, 'credits', ${creditsWhere(sql`c.work_id = w.id and c.recording_id = r.id`)},
      'preview', (select jsonb_build_object('id', a.id, 'type', a.media_type, 'bytes', a.bytes,
        'durationMs', (a.facts ->> 'durationMs')::numeric) from asset a where a.id = r.preview_id and a.replaced_at is null))
      order by r.disc, r.position)
    from recording r where r.work_id = w.id), '[]'),
  'covers', coalesce((
    select jsonb_agg(jsonb_build_object('id', a.id, 'width', coalesce((a.facts ->> 'width')::int, a.position),
      'height', (a.facts ->> 'height')::int) order by a.position)
    from asset chosen join asset a on a.work_id = chosen.work_id and a.role = 'cover' and a.replaced_at is null
      and a.upload_id is not distinct from chosen.upload_id and a.media_type = 'image/jpeg'
    where chosen.id = w.cover_id), '[]'),
  'sampleEpub', (select jsonb_build_object('id', a.id, 'bytes', a.bytes) from asset a
    where a.work_id = w.id and a.role = 'sample_epub' and a.replaced_at is null order by a.created_at desc limit 1),
  'translations', coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'language', o.language) order by o.language, o.id)
    from work_tie t join work o on o.id = case when t.one_id = w.id then t.other_id else t.one_id end
    where w.id in (t.one_id, t.other_id) and t.tie = 'translation' and o.state = 'published'), '[]'),
  'samplePages', (select count(*) from asset a where a.work_id = w.id and a.role = 'sample_page' and a.replaced_at is null))`;

/** One published work by its address or its id; null where there is none, or none any more. */
export async function findRecord(
  db: Database,
  by: { slug: string } | { id: string },
): Promise<FeedWork | null> {
  const which = "slug" in by ? sql`w.slug = ${by.slug}` : sql`w.id = ${by.id}`;
  const { rows } = await sql<{ record: FeedWork }>`${prepared}
    select ${recordOf} as record from work w where ${which} and w.state = 'published'`.execute(db);
  return rows[0]?.record ?? null;
}
