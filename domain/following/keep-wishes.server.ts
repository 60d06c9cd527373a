import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";

/** More than anybody reads through, and as many as a cookie holds. */
export const mostWishes = 100;

/** Keeps works among the wishes of this person, those of the shop alone; again changes nothing. Beyond a hundred the oldest go. */
export async function keepWishes(
  db: Database,
  { clock }: Pick<House, "clock">,
  { personId, workIds }: { personId: string; workIds: readonly string[] },
): Promise<void> {
  await sql`insert into wish (person_id, work_id, created_at)
    select ${personId}, w.id, ${clock.now()} from work w where w.id = any (${[...workIds]}::uuid[]) and w.state = 'published'
    on conflict do nothing`.execute(db);
  await sql`delete from wish where person_id = ${personId} and work_id in (
    select work_id from wish where person_id = ${personId} order by created_at desc, work_id offset ${mostWishes})`.execute(
    db,
  );
}

export async function dropWish(
  db: Database,
  { personId, workId }: { personId: string; workId: string },
): Promise<void> {
  await db.deleteFrom("wish").where("person_id", "=", personId).where("work_id", "=", workId).execute();
}
