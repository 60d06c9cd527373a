import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { findSpelling } from "./search-spelling-queries.server.ts";
import { queryOf, wordsOf } from "./search-words.ts";

/** What may be meant by the first letters of a query. `note`: who made a work. */
export type Suggestions = {
  works: { slug: string; title: string; language: string | null; note: string }[];
  people: { slug: string; name: string }[];
  coops: { slug: string; name: string }[];
};

const most = { works: 6, people: 4, coops: 2 };
const mostRanked = 100;
const nothing: Suggestions = { works: [], people: [], coops: [] };

/** Whose a work is, in one line, for a `work` named `w`. */
const noteOf = sql`coalesce((select string_agg(n.name, ', ' order by n.position) from (
  select g.name, min(c.position) as position from contribution c join agent g on g.id = c.agent_id
  where c.work_id = w.id and c.recording_id is null group by g.name order by 2 limit 2) n), '')`;
const shown = sql`jsonb_build_object('slug', w.slug, 'title', w.title, 'language', w.language, 'note', ${noteOf})`;

/**
 * Works, people and co-ops whose title or name has a word that begins like this: ranges of an index, at any size of the catalogue.
 * Where no title does, works that have all the words, the last one begun; then those with words that resemble. One round trip in
 * the first case, four at most. Under two letters nothing is proposed.
 */
export async function suggest(db: Database, query: string): Promise<Suggestions> {
  const q = query.replaceAll("’", "'").replaceAll("\0", "").trim().slice(0, 80);
  if (q.length < 2) return nothing;
  const { rows } = await sql<Suggestions>`
    with asked as materialized (select heading_of(${q}) as start),
    work_start as (
      (select ref, 0 as place, start from search_start where noun = 'work' and place = 0 and start >= (select start from asked)
        and start < (select start || chr(1114111) from asked) order by start, ref limit ${most.works})
      union all
      (select ref, 1, start from search_start where noun = 'work' and place = 1 and start >= (select start from asked)
        and start < (select start || chr(1114111) from asked) order by start, ref limit ${most.works})),
    person_start as (
      (select ref, 0 as place, start from search_start where noun = 'agent' and place = 0 and start >= (select start from asked)
        and start < (select start || chr(1114111) from asked) order by start, ref limit ${most.people * 2})
      union all
      (select ref, 1, start from search_start where noun = 'agent' and place = 1 and start >= (select start from asked)
        and start < (select start || chr(1114111) from asked) order by start, ref limit ${most.people * 2}))
    select
      coalesce((select jsonb_agg(${shown} order by f.place, f.start) from (
        select ref, min(place) as place, min(start) as start from work_start group by ref order by 2, 3 limit ${most.works}) f
        join work w on w.id = f.ref and w.state = 'published'), '[]') as works,
      coalesce((select jsonb_agg(jsonb_build_object('slug', g.slug, 'name', g.name) order by g.place, g.start) from (
        select a.slug, a.name, f.place, f.start from (select ref, min(place) as place, min(start) as start from person_start group by ref) f
        join agent a on a.id = f.ref
        where exists (select from contribution c join work w on w.id = c.work_id where c.agent_id = a.id and w.state = 'published')
        order by 3, 4 limit ${most.people}) g), '[]') as people,
      coalesce((select jsonb_agg(jsonb_build_object('slug', o.slug, 'name', o.name)) from (
        select slug, name from coop where ' ' || plain(name) like '% ' || (select start from asked) || '%'
        order by name limit ${most.coops}) o), '[]') as coops`.execute(db);
  const first = rows[0]!;
  if (first.works.length + first.people.length + first.coops.length > 0 || q.length < 4) return first;
  const words = wordsOf(q);
  const begun = words.length > 1 ? await ranked(db, `${words.join(" & ")}:*`) : [];
  if (begun.length > 0) return { ...nothing, works: begun };
  const { groups } = await findSpelling(db, q);
  return groups.length > 0 ? { ...nothing, works: await ranked(db, queryOf(groups)) } : nothing;
}

/** The people whose name has a word that begins like this, for the page of results; those who have something in the shop. */
export async function findPeople(db: Database, query: string): Promise<Suggestions["people"]> {
  return query.trim().length < 3 ? [] : (await suggest(db, query)).people;
}

async function ranked(db: Database, query: string): Promise<Suggestions["works"]> {
  const words = sql`(to_tsquery('fr', ${query}) || to_tsquery('en', ${query}))`;
  const { rows } = await sql<{ works: Suggestions["works"] }>`
    with near as materialized (select s.work_id, s.document from work_search s where s.document @@ ${words}
      order by s.published_at desc, s.work_id desc limit ${mostRanked}),
    best as (select work_id, ts_rank_cd('{0.05, 0.2, 0.5, 1}', document, ${words}) as rank from near
      order by 2 desc, 1 limit ${most.works})
    select coalesce(jsonb_agg(${shown} order by b.rank desc, w.id), '[]') as works
    from best b join work w on w.id = b.work_id and w.state = 'published'`.execute(db);
  return rows[0]!.works;
}
