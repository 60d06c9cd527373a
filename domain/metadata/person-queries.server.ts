import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { type NameLikeness, nameLikeness } from "./name-likeness.ts";

/** Somebody side by side with another: what tells one person from two. */
export type PersonBeside = {
  id: string;
  slug: string;
  name: string;
  sortName: string | null;
  kind: "person" | "group";
  about: { fr?: string; en?: string };
  numbers: { scheme: string; value: string }[];
  /** Said by files, confirmed by nobody. */
  claims: { scheme: string; value: string }[];
  /** The co-op whose member this is. */
  memberOf: string | null;
  /** Works that this desk may see; `ours` leads to their record. */
  works: { id: string; title: string; roles: string[]; coop: string; ours: boolean }[];
  /** Works of other co-ops name them: who would go must have none. */
  ofOthers: boolean;
};

export type Double = PersonBeside & {
  why: NameLikeness | "number" | "wanted";
  /** The numbers that both bear. */
  shared: { scheme: string; value: string }[];
};

const seen = (coopIds: readonly string[]) =>
  sql`(w.state = 'published' or w.coop_id = any(${[...coopIds]}::uuid[]))`;

const besideOf = (
  coopIds: readonly string[],
) => sql<PersonBeside>`jsonb_build_object('id', g.id, 'slug', g.slug, 'name', g.name,
  'sortName', g.sort_name, 'kind', g.kind, 'about', g.about,
  'numbers', coalesce((select jsonb_agg(jsonb_build_object('scheme', i.scheme, 'value', i.value) order by i.scheme)
    from identifier i where i.agent_id = g.id), '[]'),
  'claims', coalesce((select jsonb_agg(jsonb_build_object('scheme', c.scheme, 'value', c.value) order by c.scheme)
    from agent_claim c where c.agent_id = g.id
      and not exists (select from identifier i where i.agent_id = g.id and i.scheme = c.scheme and i.value = c.value)), '[]'),
  'memberOf', (select o.name from member m join coop o on o.id = m.coop_id where m.id = g.member_id),
  'works', coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'title', w.title, 'roles', made.roles, 'coop', o.name,
      'ours', w.coop_id = any(${[...coopIds]}::uuid[])) order by w.title, w.id)
    from (select c.work_id, jsonb_agg(distinct c.role) as roles from contribution c where c.agent_id = g.id group by c.work_id) made
    join work w on w.id = made.work_id join coop o on o.id = w.coop_id where ${seen(coopIds)}), '[]'),
  'ofOthers', exists (select from contribution c join work w on w.id = c.work_id
    where c.agent_id = g.id and not w.coop_id = any(${[...coopIds]}::uuid[])))`;

/**
 * Somebody whom works of these co-ops name, and who may be the same: by a number, or by a name that is alike (`name-likeness.ts`), unless
 * somebody said that they are two, or confirmed numbers of one register differ. `wanted`: a name or the last part of an address that the
 * desk looks for; whoever it finds is shown too. Each likeness is found by an index and bounded. Null where there is nobody.
 */
export async function findDoubles(
  db: Database,
  coopIds: readonly string[],
  agentId: string,
  wanted: string | null = null,
): Promise<{ person: PersonBeside; doubles: Double[] } | null> {
  const { rows } = await sql<{ person: PersonBeside; doubles: (PersonBeside & { wanted: boolean })[] }>`
    with me as materialized (select * from agent where id = ${agentId} and merged_into is null),
    -- The name as a value, so that the index on likenesses serves.
    likely as (
      (select g.id, false as wanted from agent g where plain(g.name) % plain((select name from me)) limit 60)
      union all
      select i.agent_id, false from identifier mine join identifier i on i.scheme = mine.scheme and i.value = mine.value
        where mine.agent_id = ${agentId} and i.agent_id is not null
      union all
      select c.agent_id, false from identifier mine join agent_claim c on c.scheme = mine.scheme and c.value = mine.value
        where mine.agent_id = ${agentId}
      union all
      select i.agent_id, false from agent_claim mine join identifier i on i.scheme = mine.scheme and i.value = mine.value
        where mine.agent_id = ${agentId} and i.agent_id is not null
      union all
      select c.agent_id, false from agent_claim mine join agent_claim c on c.scheme = mine.scheme and c.value = mine.value
        where mine.agent_id = ${agentId}
      union all
      (select g.id, true from agent g where ${wanted === null ? sql`false` : sql`(g.slug = ${wanted} or plain(g.name) % plain(${wanted}))`} limit 20)),
    other as (select id, bool_or(likely.wanted) as wanted from likely group by id)
    select (select ${besideOf(coopIds)} from me g) as person,
      coalesce((select jsonb_agg(${besideOf(coopIds)} || jsonb_build_object('wanted', other.wanted))
        from other join agent g using (id) where g.id <> ${agentId} and g.merged_into is null
          and exists (select from contribution c join work w on w.id = c.work_id where c.agent_id = g.id and ${seen(coopIds)})
          and (other.wanted or not exists (select from agent_apart x
              where x.one_id = least(g.id, ${agentId}::uuid) and x.other_id = greatest(g.id, ${agentId}::uuid))
            and not exists (select from identifier a join identifier b on b.scheme = a.scheme and b.value <> a.value
              where a.agent_id = ${agentId} and b.agent_id = g.id))), '[]') as doubles
    from me where exists (select from contribution c join work w on w.id = c.work_id
      where c.agent_id = me.id and w.coop_id = any(${[...coopIds]}::uuid[]))`.execute(db);
  const found = rows[0];
  if (!found) return null;
  const { person } = found;
  const all = (one: PersonBeside) => [...one.numbers, ...one.claims];
  const doubles = found.doubles.flatMap(({ wanted: sought, ...other }): Double[] => {
    const shared = all(person).filter(({ scheme, value }) =>
      all(other).some((each) => each.scheme === scheme && each.value === value),
    );
    const likeness = nameLikeness(person.name, other.name);
    const why = shared.length > 0 ? "number" : (likeness ?? (sought ? "wanted" : null));
    return why === null ? [] : [{ ...other, why, shared }];
  });
  const order = ["number", "same", "initials", "spelling", "wanted"];
  return {
    person,
    doubles: doubles
      .toSorted((a, b) => order.indexOf(a.why) - order.indexOf(b.why) || b.works.length - a.works.length)
      .slice(0, 8),
  };
}

export type PeopleMerge = {
  id: string;
  gone: { id: string; name: string; slug: string };
  mergedAt: Date;
  mergedBy: string;
  /** The last of this person: the one that may be undone now. */
  last: boolean;
};

/** Who was joined to this person and is still, the latest first. */
export async function listPeopleMerges(db: Database, agentId: string): Promise<PeopleMerge[]> {
  const { rows } = await sql<PeopleMerge>`
    select m.id, jsonb_build_object('id', g.id, 'name', g.name, 'slug', g.slug) as gone, m.merged_at as "mergedAt",
      coalesce(p.name, p.email) as "mergedBy", row_number() over (order by m.id desc) = 1 as last
    from agent_merge m join agent g on g.id = m.gone_id join person p on p.id = m.merged_by
    where m.kept_id = ${agentId} and m.undone_at is null order by m.id desc`.execute(db);
  return rows;
}
