import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { holdsIn } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";

/** Who joins works: the desk of their co-op, or the artist whose they are. */
export type Merger = { personId: string; as: "curator" | "artist" };

/**
 * These works, locked in the order of their ids until the transaction ends, so that two who join them at once wait for each other. Refuses
 * `not_found` where one is not this desk's, or not in this person's studios.
 */
export async function lockWorks(
  trx: Transaction<DB>,
  { personId, as }: Merger,
  workIds: readonly string[],
): Promise<{ coopId: string }> {
  const may =
    as === "curator"
      ? holdsIn(personId, "judgeWorks", sql`w.coop_id`)
      : sql`exists (select from member m where m.id = w.member_id and m.person_id = ${personId} and m.left_at is null)`;
  const { rows } = await sql<{ coopId: string; may: boolean }>`
    select w.coop_id as "coopId", ${may} as may from work w
    where w.id = any(${[...workIds]}::uuid[]) order by w.id for no key update of w`.execute(trx);
  if (rows.length !== workIds.length || rows.some((row) => !row.may)) throw new Refusal("not_found");
  return { coopId: rows[0]!.coopId };
}

/** The trace of what was joined or parted, by whomever. */
export async function traceMerger(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  { personId }: Merger,
  done: { coopId: string; verb: string; workId: string; after: unknown },
): Promise<void> {
  await trx
    .insertInto("audit")
    .values({
      id: v7(),
      coop_id: done.coopId,
      person_id: personId,
      verb: done.verb,
      subject: `work:${done.workId}`,
      after: JSON.stringify(done.after),
      at: clock.now(),
    })
    .execute();
}
