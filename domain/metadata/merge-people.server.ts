import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { lockPeople, touchWorksOf, tracePeople } from "./lock-people.server.ts";

/** A credit as it stood: enough to find it again when its work has been saved since. */
type Credit = { id: string; workId: string; recordingId: string | null; role: string; position: number };

/** What a merge moved, and what it changed in who was kept; an undoing reads nothing else. */
export type PeopleMoved = {
  /** Now of who was kept. */
  credits: Credit[];
  /** Who was kept held the same role in the same work: these went away. */
  doubled: Credit[];
  /** Works that named who went, and not who was kept: whatever they credit since goes back. */
  only: string[];
  numbers: { scheme: string; value: string; moved: boolean }[];
  claims: { scheme: string; value: string }[];
  listeners: string[];
  apart: string[];
  before: KeptFields;
  after: KeptFields;
};
type KeptFields = {
  sortName: string | null;
  about: Record<string, string>;
  memberId: string | null;
  confirmedAt: string | null;
  searchedAt: string | null;
};

/**
 * Two names of one person become one: `goneId` leads to `keptId` from now on, address and machine name alike, and all their works name
 * who was kept. What the kept record lacks (sort name, presentation, numbers, seat of a member) it takes. Everything is written down so that
 * `undoPeopleMerge` puts it back exactly. Sales, shares and files know nothing of agents and do not move. Run again, it changes nothing.
 * Refuses `not_found`, `merge_same`, `people_merged` (one of them leads elsewhere already), `people_of_others` (works of other co-ops name
 * who would go: theirs to say), `people_numbers` with the scheme in which two confirmed numbers differ, `people_members` (two members).
 */
export async function mergePeople(
  db: Database,
  house: Pick<House, "clock">,
  input: { personId: string; keptId: string; goneId: string },
): Promise<void> {
  const { keptId, goneId } = input;
  if (keptId === goneId) throw new Refusal("merge_same");
  const now = house.clock.now();
  return inTransaction(db, async (trx) => {
    const { kept, gone, coopId } = await lockPeople(trx, input);
    if (gone.mergedInto === keptId) return;
    if (kept.mergedInto !== null || gone.mergedInto !== null) throw new Refusal("people_merged");
    await refuseDifferent(trx, keptId, goneId);
    const memberId = await seatOf(trx, kept.memberId, gone.memberId);
    const before = { ...kept.fields, memberId: kept.memberId };
    const after: KeptFields = {
      sortName: before.sortName ?? gone.fields.sortName,
      about: { ...gone.fields.about, ...before.about },
      memberId,
      confirmedAt: before.confirmedAt ?? gone.fields.confirmedAt,
      searchedAt: before.searchedAt,
    };
    const moved: PeopleMoved = {
      ...(await moveCredits(trx, keptId, goneId)),
      ...(await moveNumbers(trx, keptId, goneId)),
      ...(await moveWords(trx, keptId, goneId)),
      before,
      after,
    };
    // A seat has one agent: who goes gives theirs up.
    if (gone.memberId !== null)
      await sql`update agent set member_id = null where id = ${goneId}`.execute(trx);
    await writeFields(trx, keptId, after);
    await sql`update agent set merged_into = ${keptId} where id = ${goneId}`.execute(trx);
    await sql`delete from search_start where ref = ${goneId}`.execute(trx);
    await trx
      .insertInto("agent_merge")
      .values({
        id: v7(),
        kept_id: keptId,
        gone_id: goneId,
        moved: JSON.stringify({ ...moved, goneMemberId: gone.memberId }),
        merged_at: now,
        merged_by: input.personId,
      })
      .execute();
    const works = [...moved.credits, ...moved.doubled].map(({ workId }) => workId);
    await touchWorksOf(trx, house, works);
    await tracePeople(trx, house, {
      ...input,
      coopId,
      verb: "merge_people",
      agentId: keptId,
      after: { gone: goneId },
    });
  });
}

/** Two numbers of one register are two people, until somebody corrects one of them. */
async function refuseDifferent(trx: Transaction<DB>, keptId: string, goneId: string): Promise<void> {
  const { rows } = await sql<{ scheme: string }>`
    select a.scheme from identifier a join identifier b on b.agent_id = ${goneId} and b.scheme = a.scheme and b.value <> a.value
    where a.agent_id = ${keptId} limit 1`.execute(trx);
  if (rows[0]) throw new Refusal("people_numbers", { scheme: rows[0].scheme.toUpperCase() });
}

/** One person may be a member of two co-ops: the seat of who is kept stands. Two people may not become one. */
async function seatOf(
  trx: Transaction<DB>,
  kept: string | null,
  gone: string | null,
): Promise<string | null> {
  if (kept === null || gone === null || kept === gone) return kept ?? gone;
  const { rows } = await sql<{ people: number }>`
    select count(distinct person_id)::int as people from member where id in (${kept}, ${gone})`.execute(trx);
  if (rows[0]?.people !== 1) throw new Refusal("people_members");
  return kept;
}

async function moveCredits(
  trx: Transaction<DB>,
  keptId: string,
  goneId: string,
): Promise<Pick<PeopleMoved, "credits" | "doubled" | "only">> {
  const { rows } = await sql<Credit & { doubled: boolean; both: boolean }>`
    select c.id, c.work_id as "workId", c.recording_id as "recordingId", c.role, c.position,
      exists (select from contribution k where k.agent_id = ${keptId} and k.work_id = c.work_id
        and k.recording_id is not distinct from c.recording_id and k.role = c.role) as doubled,
      exists (select from contribution k where k.agent_id = ${keptId} and k.work_id = c.work_id) as both
    from contribution c where c.agent_id = ${goneId} order by c.id`.execute(trx);
  const bare = ({ id, workId, recordingId, role, position }: Credit): Credit => ({
    id,
    workId,
    recordingId,
    role,
    position,
  });
  const doubled = rows.filter((row) => row.doubled).map(bare);
  await sql`delete from contribution where id = any(${doubled.map(({ id }) => id)}::uuid[])`.execute(trx);
  await sql`update contribution set agent_id = ${keptId} where agent_id = ${goneId}`.execute(trx);
  return {
    credits: rows.filter((row) => !row.doubled).map(bare),
    doubled,
    only: [...new Set(rows.filter(({ both }) => !both).map(({ workId }) => workId))],
  };
}

async function moveNumbers(
  trx: Transaction<DB>,
  keptId: string,
  goneId: string,
): Promise<Pick<PeopleMoved, "numbers" | "claims">> {
  const { rows: numbers } = await sql<PeopleMoved["numbers"][number]>`
    select i.scheme, i.value, not exists (select from identifier k where k.agent_id = ${keptId} and k.scheme = i.scheme) as moved
    from identifier i where i.agent_id = ${goneId} order by i.scheme, i.value`.execute(trx);
  await sql`update identifier i set agent_id = ${keptId} where i.agent_id = ${goneId}
    and not exists (select from identifier k where k.agent_id = ${keptId} and k.scheme = i.scheme)`.execute(
    trx,
  );
  await sql`delete from identifier where agent_id = ${goneId}`.execute(trx);
  // What files say stays with who went too: it leads to who was kept anyway.
  const { rows: claims } = await sql<PeopleMoved["claims"][number]>`
    insert into agent_claim (agent_id, scheme, value) select ${keptId}::uuid, scheme, value from agent_claim where agent_id = ${goneId}
    on conflict do nothing returning scheme, value`.execute(trx);
  return { numbers, claims };
}

/** What people said: whose favourites they are, and from whom they are not to be confused. */
async function moveWords(
  trx: Transaction<DB>,
  keptId: string,
  goneId: string,
): Promise<Pick<PeopleMoved, "listeners" | "apart">> {
  const { rows: listeners } = await sql<{ id: string }>`
    update listening l set item_id = ${keptId} where l.item_id = ${goneId}
      and not exists (select from listening k where k.person_id = l.person_id and k.item_id = ${keptId})
    returning l.person_id as id`.execute(trx);
  const { rows: apart } = await sql<{ id: string }>`
    with said as (
      select case when one_id = ${goneId} then other_id else one_id end as other, said_at, said_by from agent_apart
      where ${goneId} in (one_id, other_id))
    insert into agent_apart (one_id, other_id, said_at, said_by)
    select least(${keptId}::uuid, other), greatest(${keptId}::uuid, other), said_at, said_by from said where other <> ${keptId}
    on conflict do nothing
    returning case when one_id = ${keptId} then other_id else one_id end as id`.execute(trx);
  return { listeners: listeners.map(({ id }) => id), apart: apart.map(({ id }) => id) };
}

export async function writeFields(trx: Transaction<DB>, agentId: string, fields: KeptFields): Promise<void> {
  await sql`update agent set sort_name = ${fields.sortName}, about = ${JSON.stringify(fields.about)},
    member_id = ${fields.memberId}, confirmed_at = ${fields.confirmedAt}, searched_at = ${fields.searchedAt}
    where id = ${agentId}`.execute(trx);
}
