import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { freeSlug, slugOf } from "../slug.ts";

export type NamedContributor = {
  name: string;
  sortName?: string | undefined;
  role: string;
  kind?: "person" | "group";
  /** Those that a file gives of this person; nobody has confirmed them. */
  numbers?: readonly { scheme: string; value: string }[];
};

/** Who made a work, or one of its recordings, in this order. */
export type Named = {
  workId: string;
  recordingId?: string | null;
  contributors: readonly NamedContributor[];
};

/** A contributor of a work that lives in a studio of a co-op. */
type Met = NamedContributor & { work: Work };
type Work = { id: string; coopId: string; memberId: string };

/**
 * Writes who made a work (or one of its recordings), in this order, in place of whoever was named before. A name already known in
 * the studio of the work, or as a member of its co-op, is that same agent; so is one whose number is known; a name known only
 * elsewhere is somebody else, until a person says otherwise. The caller has made sure of who may change the record.
 */
export function nameContributors(db: Database, house: Pick<House, "clock">, named: Named): Promise<void> {
  return inTransaction(db, (trx) => nameAllContributors(trx, house, [named]));
}

/** The same for many works, in as many statements as for one. Each work or recording is named once. */
export async function nameAllContributors(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  all: readonly Named[],
): Promise<void> {
  if (all.length === 0) return;
  const ids = all.map(({ workId }) => workId);
  const { rows: found } = await sql<Work>`
    select id, coop_id as "coopId", member_id as "memberId" from work where id = any(${ids}::uuid[])
    order by id for no key update`.execute(trx);
  const works = new Map(found.map((work) => [work.id, work]));
  // Before anybody is taken off: who is known by this work alone stays the same person, under the same address.
  const people = all.flatMap(({ workId, contributors }) =>
    contributors.map((each): Met => ({ ...each, work: works.get(workId)! })),
  );
  const agents = people.length === 0 ? [] : await agentsNamed(trx, house, people);
  const recordings = all.map(({ recordingId }) => recordingId ?? null);
  await sql`delete from contribution c using unnest(${ids}::uuid[], ${recordings}::uuid[]) as named (work_id, recording_id)
    where c.work_id = named.work_id and c.recording_id is not distinct from named.recording_id`.execute(trx);
  const places = all.flatMap(({ recordingId, contributors }) =>
    contributors.map((_, i) => ({ recording: recordingId ?? null, position: i + 1 })),
  );
  if (people.length === 0) return;
  // The same person twice in the same role is said once.
  await sql`insert into contribution (id, work_id, recording_id, agent_id, role, position)
    select * from unnest(${people.map(() => v7())}::uuid[], ${people.map(({ work }) => work.id)}::uuid[],
      ${places.map(({ recording }) => recording)}::uuid[], ${agents}::uuid[],
      ${people.map(({ role }) => role)}::text[], ${places.map(({ position }) => position)}::smallint[])
    on conflict (work_id, recording_id, agent_id, role) do nothing`.execute(trx);
}

/** The agent of each contributor, in their order; made where nobody is met again. */
async function agentsNamed(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  people: readonly Met[],
): Promise<string[]> {
  // Two works that name a new person at the same moment make one agent, with one slug.
  await sql`select pg_advisory_xact_lock(hashtext('agent.slug'))`.execute(trx);
  const known = await agentsMet(trx, people);
  const unknown = people.filter((_, i) => !known.has(i));
  const made = unknown.length === 0 ? new Map() : await makeAgents(trx, house, unknown);
  const agents = people.map((each, i): string => known.get(i) ?? made.get(newcomer(each))!);
  const claims = people.flatMap(({ numbers = [] }, i) =>
    numbers.map(({ scheme, value }) => ({ agent: agents[i]!, scheme, value })),
  );
  if (claims.length > 0)
    await sql`insert into agent_claim (agent_id, scheme, value)
      select * from unnest(${claims.map(({ agent }) => agent)}::uuid[], ${claims.map(({ scheme }) => scheme)}::text[],
        ${claims.map(({ value }) => value)}::text[]) on conflict do nothing`.execute(trx);
  return agents;
}

/** Somebody new is one person in all works of a studio that come together, and of a co-op where they are its member. */
const newcomer = ({ name, work }: Met): string => `${work.memberId} ${plain(name)}`;
const plain = (name: string): string => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * Who was met before, by the place of the contributor. Of two of one name, who held this role in this work comes first: a father and a
 * son stay two. A number weighs more than a name of the studio, and needs a word of the name beside it, since files bear wrong ones;
 * a number that contradicts a confirmed one is somebody else's.
 */
async function agentsMet(trx: Transaction<DB>, people: readonly Met[]): Promise<Map<number, string>> {
  const said = people.map(({ name, role, numbers = [], work }, n) => ({
    ...{ n, name, role, numbers, work: work.id, coop: work.coopId, member: work.memberId },
  }));
  const { rows } = await sql<{ n: number; id: string }>`
    with named as materialized (select * from jsonb_to_recordset(${JSON.stringify(said)}::jsonb)
        as s (n int, name text, role text, numbers jsonb, work uuid, coop uuid, member uuid)),
    likely as (
      select named.n, case when g.merged_into is null then g.id else agent_now(g.id) end as id, 1 as by_name, 0 as by_number
        from named join agent g on plain(g.name) = plain(named.name)
      union all
      select named.n, agent_now(g.id), 0, 1 from named cross join jsonb_to_recordset(named.numbers) as number (scheme text, value text)
        join lateral (select i.agent_id from identifier i
            where i.agent_id is not null and i.scheme = number.scheme and i.value = number.value
          union select c.agent_id from agent_claim c where c.scheme = number.scheme and c.value = number.value) bears on true
        join agent g on g.id = bears.agent_id
        where regexp_split_to_array(plain(g.name), '[^[:alnum:]]+') && array(
          select word from regexp_split_to_table(plain(named.name), '[^[:alnum:]]+') word where length(word) > 2)),
    ranked as (
      select likely.n, likely.id, case
          when max(by_name) = 1 and exists (select from contribution c
            where c.work_id = named.work and c.agent_id = likely.id and c.role = named.role) then 1
          when max(by_name) = 1 and exists (select from contribution c where c.work_id = named.work and c.agent_id = likely.id) then 2
          when max(by_number) = 1 then 3
          when max(by_name) = 1 and exists (select from contribution c join work w on w.id = c.work_id
            where c.agent_id = likely.id and w.member_id = named.member) then 4
          when exists (select from agent g join member m on m.id = g.member_id
            where g.id = likely.id and m.coop_id = named.coop and (m.left_at is null and plain(m.name) = plain(named.name)
              or m.id = named.member and max(by_name) = 1)) then 5
        end as rank
      from likely join named using (n)
      where not exists (select from identifier i cross join jsonb_to_recordset(named.numbers) as number (scheme text, value text)
        where i.agent_id = likely.id and i.scheme = number.scheme and i.value <> number.value)
      group by likely.n, likely.id, named.name, named.role, named.work, named.coop, named.member)
    select distinct on (ranked.n) ranked.n, ranked.id from ranked join agent g on g.id = ranked.id
    where ranked.rank is not null order by ranked.n, ranked.rank, g.created_at, g.id`.execute(trx);
  return new Map(rows.map(({ n, id }) => [n, id]));
}

/**
 * New agents, by newcomer; a member of the co-op whose name it is, and who has no agent yet, is linked to the first of them, in their
 * own studio at least.
 */
async function makeAgents(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  unknown: readonly Met[],
): Promise<Map<string, string>> {
  const first = new Map<string, Met>();
  for (const each of unknown) if (!first.has(newcomer(each))) first.set(newcomer(each), each);
  const newcomers = [...first].map(([key, { name, work, ...each }]) => ({ key, name, work, ...each }));
  const wanted = newcomers.map(({ name }) => slugOf(name) || "personne");
  // As the slugs of works are looked for (`work-slug.server.ts`).
  const { rows: taken } = await sql<{ slug: string }>`
    select agent.slug from unnest(${[...new Set(wanted)]}::text[]) as wanted (slug)
    join agent on agent.slug ~>=~ wanted.slug and agent.slug ~<~ (wanted.slug || '.')
      and (agent.slug = wanted.slug or substr(agent.slug, length(wanted.slug) + 2) ~ '^[0-9]+$')`.execute(
    trx,
  );
  const { rows: members } = await sql<{ key: string; id: string }>`
    select named.key, coalesce(min(member.id::text) filter (where member.id = named.member), min(member.id::text)) as id
    from unnest(${newcomers.map(({ key }) => key)}::text[], ${newcomers.map(({ name }) => name)}::text[],
      ${newcomers.map(({ work }) => work.coopId)}::uuid[], ${newcomers.map(({ work }) => work.memberId)}::uuid[])
      as named (key, name, coop, member)
    join member on plain(member.name) = plain(named.name) and member.coop_id = named.coop and member.left_at is null
    where not exists (select from agent where agent.member_id = member.id)
    group by named.key, named.member having count(*) = 1 or bool_or(member.id = named.member)`.execute(trx);
  const memberOf = new Map(members.map(({ key, id }) => [key, id]));
  const slugs = new Set(taken.map(({ slug }) => slug));
  const linked = new Map<string, string>();
  const made = newcomers.flatMap(({ key, name, sortName, kind }, i) => {
    const member = memberOf.get(key) ?? null;
    // Two studios name the same member: one agent.
    if (member !== null && linked.has(member)) return [];
    const slug = freeSlug(wanted[i]!, slugs);
    slugs.add(slug);
    const id = v7();
    if (member !== null) linked.set(member, id);
    return [{ id, key, slug, name, member, sortName: sortName ?? null, kind: kind ?? "person" }];
  });
  await sql`insert into agent (id, slug, name, sort_name, kind, member_id, created_at)
    select *, ${clock.now()}::timestamptz from unnest(${made.map(({ id }) => id)}::uuid[], ${made.map(({ slug }) => slug)}::text[],
      ${made.map(({ name }) => name)}::text[], ${made.map(({ sortName }) => sortName)}::text[],
      ${made.map(({ kind }) => kind)}::text[], ${made.map(({ member }) => member)}::uuid[])`.execute(trx);
  const agents = new Map(made.map(({ key, id }) => [key, id]));
  for (const { key } of newcomers)
    if (!agents.has(key)) agents.set(key, linked.get(memberOf.get(key) ?? "")!);
  return agents;
}
