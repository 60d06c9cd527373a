import { type Database, inTransaction } from "#db/connection.ts";
import { ownWork } from "../catalogue/own-work.server.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { Refusal } from "../refusal.ts";
import { type HearingPolicy, mostFreePlays } from "./streams.ts";

/**
 * Sets what strangers may hear of an album, and how often each track before buying (null: no limit). What is missing for that is made.
 * Refuses `not_found` (a book, another's work), `work_submitted`, and `free_plays` for a number of plays out of 1 to 100.
 */
export function setHearing(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  input: { personId: string; workId: string; policy: HearingPolicy; freePlays: number | null },
): Promise<void> {
  const { policy, freePlays } = input;
  return inTransaction(db, async (trx) => {
    const work = await ownWork(trx, input);
    if (work.kind !== "album") throw new Refusal("not_found");
    if (freePlays !== null && !(Number.isInteger(freePlays) && freePlays >= 1 && freePlays <= mostFreePlays))
      throw new Refusal("free_plays", { most: mostFreePlays });
    const changed = await trx
      .updateTable("work")
      .set({ hearing: policy, free_plays: freePlays, updated_at: house.clock.now() })
      .where("id", "=", work.id)
      .where((eb) => eb.or([eb("hearing", "<>", policy), eb("free_plays", "is distinct from", freePlays)]))
      .returning("id")
      .executeTakeFirst();
    if (changed) await enqueue(trx, house, "want-streams", { workId: work.id });
  });
}

/** What the artist has chosen; null where this is no album of theirs. */
export async function findHearingChoice(
  db: Database,
  { personId, workId }: { personId: string; workId: string },
): Promise<{ policy: HearingPolicy; freePlays: number | null } | null> {
  const found = await db
    .selectFrom("work")
    .innerJoin("member", "member.id", "work.member_id")
    .select(["work.hearing as policy", "work.free_plays as freePlays"])
    .where("work.id", "=", workId)
    .where("work.kind", "=", "album")
    .where("member.person_id", "=", personId)
    .where("member.left_at", "is", null)
    .executeTakeFirst();
  return (found as { policy: HearingPolicy; freePlays: number | null } | undefined) ?? null;
}
