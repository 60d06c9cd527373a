import { sql } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";
import { Refusal } from "../refusal.ts";

const betweenLettersMs = 7 * 86_400_000;
/** Mail servers look askance at who writes to thousands at once. */
const perMinute = 100;

/**
 * Writes to all who follow somebody, once: the letter is kept, and a job rings for each reader, a hundred a minute. Refuses
 * `not_found` where the person may not write in that name, `letter_too_soon` within a week of the last one, and `no_followers`.
 */
export function writeLetter(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { personId, agentId, subject, body }: { personId: string; agentId: string; subject: string; body: string },
): Promise<{ letterId: string; readers: number }> {
  const now = house.clock.now();
  return inTransaction(db, async (trx) => {
    // Locked: of two letters sent at once, the second finds the first.
    const { rows: voices } = await sql<{ memberId: string }>`
      select m.id as "memberId" from agent g join member m on m.id = g.member_id
      where g.id = ${agentId} and m.person_id = ${personId} and m.left_at is null and g.merged_into is null
      for update of g`.execute(trx);
    const [voice] = voices;
    if (!voice) throw new Refusal("not_found");
    const { rows: recent } = await sql`select id from follower_letter
      where agent_id = ${agentId} and written_at > ${new Date(now.getTime() - betweenLettersMs)} limit 1`.execute(
      trx,
    );
    if (recent.length > 0) throw new Refusal("letter_too_soon");
    const { rows: readers } = await sql<{ personId: string }>`
      select distinct f.person_id as "personId" from follow f join person p on p.id = f.person_id and p.erased_at is null
      where agent_now(f.agent_id) = ${agentId} order by 1`.execute(trx);
    if (readers.length === 0) throw new Refusal("no_followers");
    const letterId = v7();
    await trx
      .insertInto("follower_letter")
      .values({
        id: letterId,
        agent_id: agentId,
        member_id: voice.memberId,
        subject,
        body,
        reader_count: readers.length,
        written_at: now,
      })
      .execute();
    for (let at = 0; at < readers.length; at += perMinute) {
      const some = readers
        .slice(at, at + perMinute)
        .map((reader) => ({ letterId, personId: reader.personId }));
      await enqueueAll(trx, house, "send-follower-letter", some, { startAfter: (at / perMinute) * 60 });
    }
    return { letterId, readers: readers.length };
  });
}
