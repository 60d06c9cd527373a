import type { Transaction } from "kysely";
import { sql } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import { ownWork } from "../catalogue/own-work.server.ts";
import type { House } from "../house.ts";
import { holdsIn } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";

/** Who speaks of a record: its artist, or the desk of its co-op. */
export type Speaker = { personId: string; workId: string; as: "artist" | "curator" };

/**
 * The work whose record this person may write, locked until the transaction ends. Refuses `not_found`, `work_merged`, and `work_submitted` (an artist,
 * while the co-op reads it).
 */
export async function lockRecord(
  trx: Transaction<DB>,
  speaker: Speaker,
): Promise<{ id: string; coopId: string; kind: "book" | "album"; state: string }> {
  if (speaker.as === "artist") return ownWork(trx, speaker);
  const work = await trx
    .selectFrom("work")
    .select(["id", "coop_id as coopId", "kind", "state", "merged_into as mergedInto"])
    .where("id", "=", speaker.workId)
    .where(holdsIn(speaker.personId, "judgeWorks", sql`work.coop_id`))
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!work) throw new Refusal("not_found");
  if (work.mergedInto !== null) throw new Refusal("work_merged");
  return { ...work, kind: work.kind as "book" | "album" };
}

/** The trace of what a desk did to a record; an artist's word is in the claims. */
export async function traceCurator(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  speaker: Speaker,
  done: { coopId: string; verb: string; after: unknown },
): Promise<void> {
  if (speaker.as === "artist") return;
  await trx
    .insertInto("audit")
    .values({
      id: v7(),
      coop_id: done.coopId,
      person_id: speaker.personId,
      verb: done.verb,
      subject: `work:${speaker.workId}`,
      after: JSON.stringify(done.after),
      at: clock.now(),
    })
    .execute();
}
