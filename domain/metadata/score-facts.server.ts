import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { WorkFacts } from "./score.ts";
import type { PersonFacts } from "./score-person.ts";

const identifiersOf = (whose: "agent_id" | "work_id") =>
  whose === "agent_id"
    ? sql`coalesce((select jsonb_agg(jsonb_build_object('scheme', i.scheme, 'value', i.value) order by i.scheme, i.value)
        from identifier i where i.agent_id = g.id), '[]')`
    : sql`coalesce((select jsonb_agg(jsonb_build_object('scheme', i.scheme, 'value', i.value, 'format', e.format)
          order by i.scheme, e.position, i.value)
        from identifier i left join edition e on e.id = i.edition_id
        where i.work_id = w.id or e.work_id = w.id and e.former_of is null), '[]')`;

/**
 * What the score of each of these works is made from, in one round trip; a work that does not exist has none. The side of a cover is
 * that of the picture as it was given, since those made from it are smaller on purpose.
 */
export async function factsOfWorks(
  db: Database,
  workIds: readonly string[],
): Promise<(WorkFacts & { id: string })[]> {
  if (workIds.length === 0) return [];
  const { rows } = await sql<WorkFacts & { id: string }>`
    select w.id, w.kind, w.title, w.language, w.original_language as "originalLanguage", w.description, w.subjects, w.publisher,
      w.published_on as "publishedOn", w.rights, w.accessibility,
      (w.priced_at is not null or w.price > 0 or w.price_kind = 'open') as "priceChosen",
      (select max(greatest((u.inspection -> 'picture' ->> 'width')::int, (u.inspection -> 'picture' ->> 'height')::int,
          (made.facts ->> 'width')::int, (made.facts ->> 'height')::int))
        from asset chosen join asset made on made.work_id = chosen.work_id and made.role = 'cover' and made.replaced_at is null
          and made.upload_id is not distinct from chosen.upload_id
        left join upload u on u.id = chosen.upload_id where chosen.id = w.cover_id) as "coverSide",
      coalesce((select jsonb_agg(jsonb_build_object('name', g.name, 'role', c.role) order by c.position)
        from contribution c join agent g on g.id = c.agent_id
        where c.work_id = w.id and c.recording_id is null), '[]') as contributors,
      coalesce((select jsonb_agg(jsonb_build_object('name', g.name, 'searched', g.searched_at is not null,
          'identifiers', ${identifiersOf("agent_id")}) order by g.name)
        from agent g where g.id in (select c.agent_id from contribution c where c.work_id = w.id)), '[]') as people,
      ${identifiersOf("work_id")} as identifiers,
      coalesce((select jsonb_agg(e.format order by e.position) from edition e where e.work_id = w.id and e.former_of is null), '[]') as formats,
      coalesce((select jsonb_agg(jsonb_build_object('isrc', t.isrc) order by t.disc, t.position)
        from recording t where t.work_id = w.id), '[]') as tracks,
      coalesce((select jsonb_agg(distinct jsonb_build_object('field', f.field, 'origin', f.origin,
          'value', case when f.field in ('identifiers', 'isrc') then f.value end))
        from finding f where f.work_id = w.id), '[]') as claims
    from work w where w.id = any(${[...workIds]}::uuid[])`.execute(db);
  return rows;
}

/** The same for people and groups. */
export async function factsOfPeople(
  db: Database,
  agentIds: readonly string[],
): Promise<(PersonFacts & { id: string })[]> {
  if (agentIds.length === 0) return [];
  const { rows } = await sql<PersonFacts & { id: string }>`
    select g.id, g.name, g.kind, g.sort_name as "sortName", g.about, g.confirmed_at is not null as confirmed,
      g.searched_at is not null as searched, ${identifiersOf("agent_id")} as identifiers,
      coalesce((select jsonb_agg(c.role) from contribution c where c.agent_id = g.id), '[]') as roles
    from agent g where g.id = any(${[...agentIds]}::uuid[])`.execute(db);
  return rows;
}
