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
};

/** Who made a work, or one of its recordings, in this order. */
export type Named = {
  workId: string;
  recordingId?: string | null;
  contributors: readonly NamedContributor[];
};

/**
 * Writes who made a work (or one of its recordings), in this order, in place of whoever was named before. A name already known in
 * the works of the co-op, or as one of its members, is that same agent; a name known only elsewhere is somebody else, until a
 * person says otherwise. The caller has made sure of who may change the record.
 */
export function nameContributors(db: Database, house: Pick<House, "clock">, named: Named): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { coop_id: coopId } = await trx
      .selectFrom("work")
      .select("coop_id")
      .where("id", "=", named.workId)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    await nameAllContributors(trx, house, coopId, [named]);
  });
}

/** The same for many works of one co-op, whose locks the caller holds, in as many statements as for one. Each is named once. */
export async function nameAllContributors(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  coopId: string,
  all: readonly Named[],
): Promise<void> {
  if (all.length === 0) return;
  // Before anybody is taken off: who is known by this work alone stays the same person, under the same address.
  const people = all.flatMap(({ contributors }) => contributors);
  const agents = people.length === 0 ? new Map() : await agentsNamed(trx, house, coopId, people);
  const works = all.map(({ workId }) => workId);
  const recordings = all.map(({ recordingId }) => recordingId ?? null);
  await sql`delete from contribution c using unnest(${works}::uuid[], ${recordings}::uuid[]) as named (work_id, recording_id)
    where c.work_id = named.work_id and c.recording_id is not distinct from named.recording_id`.execute(trx);
  const rows = all.flatMap(({ workId, recordingId, contributors }) =>
    contributors.map((contributor, i) => ({
      ...{ id: v7(), work: workId, recording: recordingId ?? null },
      ...{ agent: agents.get(contributor.name)!, role: contributor.role, position: i + 1 },
    })),
  );
  if (rows.length === 0) return;
  // The same person twice in the same role is said once.
  await sql`insert into contribution (id, work_id, recording_id, agent_id, role, position)
    select * from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ work }) => work)}::uuid[],
      ${rows.map(({ recording }) => recording)}::uuid[], ${rows.map(({ agent }) => agent)}::uuid[],
      ${rows.map(({ role }) => role)}::text[], ${rows.map(({ position }) => position)}::smallint[])
    on conflict (work_id, recording_id, agent_id, role) do nothing`.execute(trx);
}

/** The agent of each name, made where the co-op does not know it. */
async function agentsNamed(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  coopId: string,
  contributors: readonly NamedContributor[],
): Promise<Map<string, string>> {
  // Two works that name a new person at the same moment make one agent, with one slug.
  await sql`select pg_advisory_xact_lock(hashtext('agent.slug'))`.execute(trx);
  const first = new Map<string, NamedContributor>();
  for (const each of contributors) if (!first.has(each.name)) first.set(each.name, each);
  const names = [...first.keys()];
  const { rows: known } = await sql<{ name: string; id: string }>`
    select distinct on (named.name) named.name, agent.id
    from unnest(${names}::text[]) as named (name)
    join agent on plain(agent.name) = plain(named.name)
    left join member on member.id = agent.member_id and member.coop_id = ${coopId}
    where member.id is not null or exists (
      select from contribution join work on work.id = contribution.work_id
      where contribution.agent_id = agent.id and work.coop_id = ${coopId})
    order by named.name, member.id is null, agent.created_at`.execute(trx);
  const agents = new Map(known.map(({ name, id }) => [name, id]));
  // « Ana Roy » and « ANA ROY » are one person, also where neither was known before.
  const bare = new Map<string, string>();
  const unknown = names.filter((name) => {
    if (agents.has(name)) return false;
    const same = bare.get(plain(name));
    if (same === undefined) bare.set(plain(name), name);
    return same === undefined;
  });
  if (unknown.length > 0)
    for (const { name, id } of await makeAgents(trx, clock.now(), coopId, unknown, first))
      agents.set(name, id);
  for (const name of names) if (!agents.has(name)) agents.set(name, agents.get(bare.get(plain(name))!)!);
  return agents;
}

const plain = (name: string): string => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

async function makeAgents(
  trx: Transaction<DB>,
  now: Date,
  coopId: string,
  unknown: readonly string[],
  said: ReadonlyMap<string, NamedContributor>,
): Promise<{ id: string; name: string }[]> {
  const wanted = unknown.map((name) => slugOf(name) || "personne");
  // As the slugs of works are looked for (`work-slug.server.ts`).
  const { rows: taken } = await sql<{ slug: string }>`
    select agent.slug from unnest(${[...new Set(wanted)]}::text[]) as wanted (slug)
    join agent on agent.slug ~>=~ wanted.slug and agent.slug ~<~ (wanted.slug || '.')
      and (agent.slug = wanted.slug or substr(agent.slug, length(wanted.slug) + 2) ~ '^[0-9]+$')`.execute(
    trx,
  );
  const { rows: members } = await sql<{ name: string; id: string }>`
    select named.name, min(member.id::text) as id from unnest(${[...unknown]}::text[]) as named (name)
    join member on plain(member.name) = plain(named.name) and member.coop_id = ${coopId} and member.left_at is null
    where not exists (select from agent where agent.member_id = member.id)
    group by named.name having count(*) = 1`.execute(trx);
  const memberOf = new Map(members.map(({ name, id }) => [name, id]));
  const slugs = new Set(taken.map(({ slug }) => slug));
  const made = unknown.map((name, i) => {
    const slug = freeSlug(wanted[i]!, slugs);
    slugs.add(slug);
    const contributor = said.get(name);
    return {
      ...{ id: v7(), slug, name, sortName: contributor?.sortName ?? null },
      ...{ kind: contributor?.kind ?? "person", memberId: memberOf.get(name) ?? null },
    };
  });
  await sql`insert into agent (id, slug, name, sort_name, kind, member_id, created_at)
    select *, ${now}::timestamptz from unnest(${made.map(({ id }) => id)}::uuid[], ${made.map(({ slug }) => slug)}::text[],
      ${made.map(({ name }) => name)}::text[], ${made.map(({ sortName }) => sortName)}::text[],
      ${made.map(({ kind }) => kind)}::text[], ${made.map(({ memberId }) => memberId)}::uuid[])`.execute(trx);
  return made;
}
