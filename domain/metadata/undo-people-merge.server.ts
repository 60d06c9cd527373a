import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { holdsIn } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import { touchWorksOf, tracePeople } from "./lock-people.server.ts";
import { type PeopleMoved, writeFields } from "./merge-people.server.ts";

/**
 * Parts again who was joined: credits, numbers, seat and favourites go back where they were, addresses included. A work saved since is
 * read by what it says now; what somebody has written of the kept person since stays written. Merges of one person are undone the last
 * first, or nobody could say whose is what. Undone already: nothing changes. Refuses `not_found` and `merge_covered`.
 */
export function undoPeopleMerge(
  db: Database,
  house: Pick<House, "clock">,
  input: { personId: string; mergeId: string },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{
      keptId: string;
      goneId: string;
      moved: PeopleMoved & { goneMemberId: string | null };
      undone: boolean;
      covered: boolean;
      coopId: string;
    }>`
      select m.kept_id as "keptId", m.gone_id as "goneId", m.moved, m.undone_at is not null as undone,
        exists (select from agent_merge later where later.undone_at is null and later.id > m.id
          and m.kept_id in (later.kept_id, later.gone_id)) as covered,
        -- Who joined may part, and every desk whose works the moved credits are of.
        coalesce((select w.coop_id from work w where w.id in (
            select (c ->> 'workId')::uuid from jsonb_array_elements((m.moved -> 'credits') || (m.moved -> 'doubled')) c)
          and ${holdsIn(input.personId, "judgeWorks", sql`w.coop_id`)} limit 1)) as "coopId"
      from agent_merge m where m.id = ${input.mergeId} for update of m`.execute(trx);
    const found = rows[0];
    if (!found?.coopId) throw new Refusal("not_found");
    if (found.undone) return;
    if (found.covered) throw new Refusal("merge_covered");
    const { keptId, goneId, moved, coopId } = found;
    await sql`select id from agent where id in (${keptId}, ${goneId}) order by id for no key update`.execute(
      trx,
    );
    await restoreCredits(trx, keptId, goneId, moved);
    await restoreNumbers(trx, keptId, goneId, moved);
    await restoreWords(trx, keptId, goneId, moved);
    await restoreFields(trx, keptId, moved);
    await sql`update agent set merged_into = null, member_id = ${moved.goneMemberId} where id = ${goneId}`.execute(
      trx,
    );
    await sql`update agent_merge set undone_at = ${house.clock.now()}, undone_by = ${input.personId}
      where id = ${input.mergeId}`.execute(trx);
    await touchWorksOf(
      trx,
      house,
      [...moved.credits, ...moved.doubled].map(({ workId }) => workId),
    );
    await tracePeople(trx, house, {
      ...input,
      coopId,
      verb: "undo_people_merge",
      agentId: keptId,
      after: { back: goneId },
    });
  });
}

async function restoreCredits(
  trx: Transaction<DB>,
  keptId: string,
  goneId: string,
  { credits, doubled, only }: PeopleMoved,
): Promise<void> {
  await sql`
    update contribution c set agent_id = ${goneId}
    where c.agent_id = ${keptId} and (c.work_id = any(${only}::uuid[])
      or exists (select from jsonb_to_recordset(${JSON.stringify(credits)}::jsonb) as was ("workId" uuid, "recordingId" uuid, role text)
        where was."workId" = c.work_id and was."recordingId" is not distinct from c.recording_id and was.role = c.role))`.execute(
    trx,
  );
  // Only where the kept one is still named so: somebody may have taken that credit off since.
  const { rows } = await sql<(typeof doubled)[number]>`
    select was.* from jsonb_to_recordset(${JSON.stringify(doubled)}::jsonb)
      as was (id uuid, "workId" uuid, "recordingId" uuid, role text, position int)
    join contribution c on c.agent_id = ${keptId} and c.work_id = was."workId"
      and c.recording_id is not distinct from was."recordingId" and c.role = was.role`.execute(trx);
  if (rows.length === 0) return;
  await trx
    .insertInto("contribution")
    .values(
      rows.map(({ id, workId, recordingId, role, position }) => ({
        id,
        work_id: workId,
        recording_id: recordingId,
        agent_id: goneId,
        role,
        position,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function restoreNumbers(
  trx: Transaction<DB>,
  keptId: string,
  goneId: string,
  { numbers, claims }: PeopleMoved,
): Promise<void> {
  for (const { scheme, value, moved } of numbers) {
    if (moved)
      await sql`delete from identifier where agent_id = ${keptId} and scheme = ${scheme} and value = ${value}`.execute(
        trx,
      );
    await sql`insert into identifier (id, agent_id, scheme, value) values (${v7()}, ${goneId}, ${scheme}, ${value})
      on conflict do nothing`.execute(trx);
  }
  await sql`delete from agent_claim c using jsonb_to_recordset(${JSON.stringify(claims)}::jsonb) as was (scheme text, value text)
    where c.agent_id = ${keptId} and c.scheme = was.scheme and c.value = was.value`.execute(trx);
}

async function restoreWords(
  trx: Transaction<DB>,
  keptId: string,
  goneId: string,
  { listeners, apart }: PeopleMoved,
): Promise<void> {
  await sql`update listening set item_id = ${goneId}
    where item_id = ${keptId} and person_id = any(${listeners}::uuid[])`.execute(trx);
  await sql`delete from agent_apart where ${keptId} in (one_id, other_id)
    and (one_id = any(${apart}::uuid[]) or other_id = any(${apart}::uuid[]))`.execute(trx);
}

/** Each field that the merge changed, and nobody since. */
async function restoreFields(
  trx: Transaction<DB>,
  keptId: string,
  { before, after }: PeopleMoved,
): Promise<void> {
  const { rows } = await sql<{ now: PeopleMoved["after"] }>`
    select jsonb_build_object('sortName', sort_name, 'about', about, 'memberId', member_id, 'confirmedAt', confirmed_at,
      'searchedAt', searched_at) as now from agent where id = ${keptId}`.execute(trx);
  const now = rows[0]!.now;
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const back = Object.fromEntries(
    (Object.keys(now) as (keyof typeof now)[]).map((field) => [
      field,
      field !== "about" && same(now[field], after[field]) ? before[field] : now[field],
    ]),
  ) as PeopleMoved["after"];
  const tongues = new Set([...Object.keys(now.about), ...Object.keys(before.about)]);
  back.about = Object.fromEntries(
    [...tongues].flatMap((tongue) => {
      const text = now.about[tongue] === after.about[tongue] ? before.about[tongue] : now.about[tongue];
      return text === undefined ? [] : [[tongue, text]];
    }),
  );
  await writeFields(trx, keptId, back);
}
