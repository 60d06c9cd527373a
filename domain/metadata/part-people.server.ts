import { sql } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { holdsIn } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import { freeSlug, slugOf } from "../slug.ts";
import { touchWorksOf, tracePeople } from "./lock-people.server.ts";

/**
 * « These are two people »: they are not proposed as one again. Said again, nothing changes. `oneId` is somebody whom works of this desk
 * name; refuses `not_found`.
 */
export function keepPeopleApart(
  db: Database,
  house: Pick<House, "clock">,
  { personId, oneId, otherId }: { personId: string; oneId: string; otherId: string },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{ coopId: string }>`
      select w.coop_id as "coopId" from contribution c join work w on w.id = c.work_id
      where c.agent_id = ${oneId} and ${holdsIn(personId, "judgeWorks", sql`w.coop_id`)}
        and exists (select from agent where id = ${otherId} and id <> ${oneId}) limit 1`.execute(trx);
    const coopId = rows[0]?.coopId;
    if (!coopId) throw new Refusal("not_found");
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto("agent_apart")
      .values({
        one_id: oneId < otherId ? oneId : otherId,
        other_id: oneId < otherId ? otherId : oneId,
        said_at: house.clock.now(),
        said_by: personId,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n) return;
    await tracePeople(trx, house, {
      personId,
      coopId,
      verb: "keep_people_apart",
      agentId: oneId,
      after: { other: otherId },
    });
  });
}

/**
 * Two people of one name had become one: these works name the other, who gets a record and an address of their own, and is never proposed
 * as the first again. Numbers and presentation stay with the first, whose they were said to be. Refuses `not_found` (a work that is not
 * this desk's, or does not name them) and `split_whole` (a work at least stays).
 */
export function splitPerson(
  db: Database,
  house: Pick<House, "clock">,
  { personId, agentId, workIds }: { personId: string; agentId: string; workIds: readonly string[] },
): Promise<{ agentId: string }> {
  return inTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('agent.slug'))`.execute(trx);
    const { rows } = await sql<{
      name: string;
      sortName: string | null;
      kind: string;
      coopId: string;
      chosen: number;
      all: number;
    }>`
      select g.name, g.sort_name as "sortName", g.kind, named.*
      from agent g cross join lateral (
        select count(distinct w.id) filter (where w.id = any(${[...workIds]}::uuid[])
            and ${holdsIn(personId, "judgeWorks", sql`w.coop_id`)})::int as chosen,
          count(distinct w.id)::int as all,
          (array_agg(w.coop_id) filter (where ${holdsIn(personId, "judgeWorks", sql`w.coop_id`)}))[1] as "coopId"
        from contribution c join work w on w.id = c.work_id where c.agent_id = g.id) named
      where g.id = ${agentId} for no key update of g`.execute(trx);
    const found = rows[0];
    if (!found?.coopId || found.chosen !== new Set(workIds).size || found.chosen === 0)
      throw new Refusal("not_found");
    if (found.chosen === found.all) throw new Refusal("split_whole");
    const wanted = slugOf(found.name) || "personne";
    const taken = await trx.selectFrom("agent").select("slug").where("slug", "like", `${wanted}%`).execute();
    const other = v7();
    const now = house.clock.now();
    await trx
      .insertInto("agent")
      .values({
        id: other,
        slug: freeSlug(
          wanted,
          taken.map(({ slug }) => slug),
        ),
        name: found.name,
        sort_name: found.sortName,
        kind: found.kind,
        created_at: now,
      })
      .execute();
    await trx
      .updateTable("contribution")
      .set({ agent_id: other })
      .where("agent_id", "=", agentId)
      .where("work_id", "in", [...workIds])
      .execute();
    await trx
      .insertInto("agent_apart")
      .values({
        one_id: agentId < other ? agentId : other,
        other_id: agentId < other ? other : agentId,
        said_at: now,
        said_by: personId,
      })
      .execute();
    await touchWorksOf(trx, house, workIds);
    await tracePeople(trx, house, {
      personId,
      coopId: found.coopId,
      verb: "split_person",
      agentId,
      after: { other, works: workIds },
    });
    return { agentId: other };
  });
}
