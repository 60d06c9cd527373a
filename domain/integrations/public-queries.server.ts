import { sql } from "kysely";
import type { Database } from "#db/connection.ts";

export type NamedPerson = {
  id: string;
  slug: string;
  name: string;
  kind: "person" | "group";
  /** Published works that they took part in. */
  works: number;
};

const people = sql`agent.id, agent.slug, agent.name, agent.kind, own.works
  from agent cross join lateral (select count(distinct work.id)::integer as works from contribution
    join work on work.id = contribution.work_id where contribution.agent_id = agent.id and work.state = 'published') as own
  where own.works > 0`;

/** Those who took part in a published work, in the order of their ids, after one of them. */
export async function listPeople(
  db: Database,
  { after, limit }: { after: string | null; limit: number },
): Promise<{ people: NamedPerson[]; more: boolean }> {
  const { rows } = await sql<NamedPerson>`
    select ${people} and (${after}::uuid is null or agent.id > ${after}::uuid) order by agent.id limit ${limit + 1}`.execute(
    db,
  );
  return { people: rows.slice(0, limit), more: rows.length > limit };
}

/** One of them, by id or slug, with the ids of their works, the newest first; null where there is nobody by that name. */
export async function findPerson(
  db: Database,
  named: string,
): Promise<(NamedPerson & { workIds: string[] }) | null> {
  const { rows } = await sql<NamedPerson & { workIds: string[] }>`
    with found as (select ${people} and (agent.slug = ${named} or agent.id::text = ${named}))
    select found.*, array(select work.id from work where work.state = 'published' and work.id in (
        select work_id from contribution where agent_id = found.id) order by work.published_at desc, work.id) as "workIds"
    from found`.execute(db);
  return rows[0] ?? null;
}

export type NamedCoop = {
  id: string;
  slug: string;
  name: string;
  place: string;
  description: { fr?: string; en?: string };
  works: number;
};

/** All co-ops by name; `named`: the one of this id or slug. */
export async function listNamedCoops(db: Database, named: string | null = null): Promise<NamedCoop[]> {
  const { rows } = await sql<NamedCoop>`
    select id, slug, name, place, description,
      (select count(*)::integer from work where work.coop_id = coop.id and work.state = 'published') as works
    from coop where ${named}::text is null or slug = ${named} or id::text = ${named} order by name, id`.execute(
    db,
  );
  return rows;
}
