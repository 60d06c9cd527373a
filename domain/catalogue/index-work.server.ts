import { sql } from "kysely";
import type { Database } from "#db/connection.ts";

/**
 * Writes what the search knows of a work, anew: called when it is published and whenever its record is corrected, in the same
 * transaction. Weights: A the title, B the people, C series, publisher and subjects, D the description and the track titles.
 * Title, people and subjects are read in both tongues, since a French shop holds English titles and the reverse; each
 * description in its own. `words` is what typos are forgiven against: short, so that one wrong letter still resembles.
 * A work that does not exist changes nothing.
 */
export async function indexWork(db: Database, workId: string): Promise<void> {
  await sql`
    insert into work_search (work_id, document, words)
    select w.id,
      setweight(to_tsvector('fr', t.title) || to_tsvector('en', t.title), 'A')
        || setweight(to_tsvector('fr', t.people) || to_tsvector('en', t.people), 'B')
        || setweight(to_tsvector('fr', t.subjects) || to_tsvector('en', t.subjects), 'C')
        || setweight(to_tsvector('fr', coalesce(w.description ->> 'fr', '') || ' ' || t.tracks)
                     || to_tsvector('en', coalesce(w.description ->> 'en', '') || ' ' || t.tracks), 'D'),
      plain(concat_ws(' ', t.title, t.people, t.subjects))
    from work w
    cross join lateral (
      select
        translate(concat_ws(' ', w.title, w.subtitle), '’', '''') as title,
        coalesce((select string_agg(distinct a.name, ' ') from contribution c join agent a on a.id = c.agent_id
          where c.work_id = w.id), '') as people,
        translate(concat_ws(' ', w.series ->> 'name', w.publisher,
          (select string_agg(s.value ->> 'label', ' ') from jsonb_array_elements(w.subjects) s)), '’', '''') as subjects,
        coalesce((select translate(string_agg(r.title, ' ' order by r.disc, r.position), '’', '''') from recording r
          where r.work_id = w.id), '') as tracks
    ) t
    where w.id = ${workId}
    on conflict (work_id) do update set document = excluded.document, words = excluded.words`.execute(db);
}
