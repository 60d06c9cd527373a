import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { holdsIn } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";

type Locked = {
  id: string;
  memberId: string | null;
  mergedInto: string | null;
  fields: {
    sortName: string | null;
    about: Record<string, string>;
    confirmedAt: string | null;
    searchedAt: string | null;
  };
};

/**
 * Two people for a desk that joins or parts them, locked in the order of their ids so that two desks at once wait for each other. Who
 * would go must be named by works of this desk's co-ops, and by no other's: credits of others are theirs to give. Who is kept may be
 * anybody whom the public or this desk may see. Refuses `not_found` and `people_of_others`.
 */
export async function lockPeople(
  trx: Transaction<DB>,
  { personId, keptId, goneId }: { personId: string; keptId: string; goneId: string },
): Promise<{ kept: Locked; gone: Locked; coopId: string }> {
  const { rows } = await sql<Locked & { seen: boolean; ours: string | null; others: boolean }>`
    select g.id, g.member_id as "memberId", g.merged_into as "mergedInto",
      jsonb_build_object('sortName', g.sort_name, 'about', g.about, 'confirmedAt', g.confirmed_at, 'searchedAt', g.searched_at) as fields,
      exists (select from contribution c join work w on w.id = c.work_id
        where c.agent_id = agent_now(g.id) and (w.state = 'published' or ${holdsIn(personId, "judgeWorks", sql`w.coop_id`)})) as seen,
      (select w.coop_id from contribution c join work w on w.id = c.work_id
        where c.agent_id = agent_now(g.id) and ${holdsIn(personId, "judgeWorks", sql`w.coop_id`)} limit 1) as ours,
      exists (select from contribution c join work w on w.id = c.work_id
        where c.agent_id = g.id and not ${holdsIn(personId, "judgeWorks", sql`w.coop_id`)}) as others
    from agent g where g.id in (${keptId}, ${goneId}) order by g.id for no key update of g`.execute(trx);
  const kept = rows.find(({ id }) => id === keptId);
  const gone = rows.find(({ id }) => id === goneId);
  if (!kept?.seen || !gone || gone.ours === null) throw new Refusal("not_found");
  if (gone.others) throw new Refusal("people_of_others");
  return { kept, gone, coopId: gone.ours };
}

/** Works whose people changed: harvesters are told, and the search reads them anew. */
export async function touchWorksOf(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  workIds: readonly string[],
): Promise<void> {
  const ids = [...new Set(workIds)].sort();
  if (ids.length === 0) return;
  await sql`update work set updated_at = ${clock.now()} where id in (
    select id from work where id = any(${ids}::uuid[]) order by id for no key update)`.execute(trx);
  await sql`select index_works(${ids}::uuid[])`.execute(trx);
}

/** The trace of what a desk said of people. */
export async function tracePeople(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  done: { personId: string; coopId: string; verb: string; agentId: string; after: unknown },
): Promise<void> {
  await trx
    .insertInto("audit")
    .values({
      id: v7(),
      coop_id: done.coopId,
      person_id: done.personId,
      verb: done.verb,
      subject: `agent:${done.agentId}`,
      after: JSON.stringify(done.after),
      at: clock.now(),
    })
    .execute();
}
