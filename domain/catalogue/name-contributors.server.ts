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

/**
 * Writes who made a work (or one of its recordings), in this order, in place of whoever was named before. A name already known in
 * the works of the co-op, or as one of its members, is that same agent; a name known only elsewhere is somebody else, until a
 * person says otherwise. The caller has made sure of who may change the record.
 */
export function nameContributors(
  db: Database,
  house: Pick<House, "clock">,
  input: { workId: string; recordingId?: string | null; contributors: readonly NamedContributor[] },
): Promise<void> {
  const recordingId = input.recordingId ?? null;
  return inTransaction(db, async (trx) => {
    const { coop_id: coopId } = await trx
      .selectFrom("work")
      .select("coop_id")
      .where("id", "=", input.workId)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    // Before anybody is taken off: who is known by this work alone stays the same person, under the same address.
    const agents =
      input.contributors.length === 0
        ? new Map<string, string>()
        : await agentsNamed(trx, house, coopId, input.contributors);
    await trx
      .deleteFrom("contribution")
      .where("work_id", "=", input.workId)
      .where("recording_id", recordingId === null ? "is" : "=", recordingId)
      .execute();
    if (input.contributors.length === 0) return;
    const rows = input.contributors.map((contributor, i) => ({
      id: v7(),
      work_id: input.workId,
      recording_id: recordingId,
      agent_id: agents.get(contributor.name)!,
      role: contributor.role,
      position: i + 1,
    }));
    // The same person twice in the same role is said once.
    await trx
      .insertInto("contribution")
      .values(rows)
      .onConflict((conflict) => conflict.columns(["work_id", "recording_id", "agent_id", "role"]).doNothing())
      .execute();
  });
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
  const names = [...new Set(contributors.map(({ name }) => name))];
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
  const unknown = names.filter((name) => !agents.has(name));
  if (unknown.length === 0) return agents;
  const wanted = unknown.map((name) => slugOf(name) || "personne");
  const { rows: taken } = await sql<{ slug: string }>`
    select slug from agent where slug like any(${wanted.map((slug) => `${slug}%`)})`.execute(trx);
  const { rows: members } = await sql<{ name: string; id: string }>`
    select named.name, min(member.id::text) as id from unnest(${unknown}::text[]) as named (name)
    join member on plain(member.name) = plain(named.name) and member.coop_id = ${coopId} and member.left_at is null
    where not exists (select from agent where agent.member_id = member.id)
    group by named.name having count(*) = 1`.execute(trx);
  const memberOf = new Map(members.map(({ name, id }) => [name, id]));
  const slugs = new Set(taken.map(({ slug }) => slug));
  const made = unknown.map((name, i) => {
    const slug = freeSlug(wanted[i]!, slugs);
    slugs.add(slug);
    const contributor = contributors.find((each) => each.name === name)!;
    const id = v7();
    agents.set(name, id);
    return {
      id,
      slug,
      name,
      sort_name: contributor.sortName ?? null,
      kind: contributor.kind ?? "person",
      member_id: memberOf.get(name) ?? null,
      created_at: clock.now(),
    };
  });
  await trx.insertInto("agent").values(made).execute();
  return agents;
}
