import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { Refusal } from "../refusal.ts";

const dayMs = 86_400_000;
/** It stays for a week after it was made; asked for again, it is made anew. */
const keptSeconds = 7 * 86_400;
const mostADay = 3;

/**
 * Asks for the file of all that is this person's. While one is being made, that one is answered. Its end is asked for before it is
 * there, so that whatever is cut, nothing stays for ever. Refuses `not_found` for who has no studio, `too_many_requests` above three a day.
 */
export function askKit(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { personId, locale }: { personId: string; locale: "fr" | "en" },
): Promise<{ kitId: string }> {
  const now = house.clock.now();
  return inTransaction(db, async (trx) => {
    // Of two clicks the second waits, and finds the first.
    await trx.selectFrom("person").select("id").where("id", "=", personId).forUpdate().execute();
    const member = await trx
      .selectFrom("member")
      .select("id")
      .where("person_id", "=", personId)
      .limit(1)
      .executeTakeFirst();
    if (!member) throw new Refusal("not_found");
    const today = await trx
      .selectFrom("exit_kit")
      .select(["id", "made_at"])
      .where("person_id", "=", personId)
      .where("asked_at", ">", new Date(now.getTime() - dayMs))
      .execute();
    const underway = today.find(({ made_at }) => made_at === null);
    if (underway) return { kitId: underway.id };
    if (today.length >= mostADay) throw new Refusal("too_many_requests");
    const kitId = v7();
    await trx
      .insertInto("exit_kit")
      .values({ id: kitId, person_id: personId, locale, asked_at: now })
      .execute();
    await enqueue(trx, house, "make-exit-kit", { kitId });
    await enqueue(trx, house, "forget-exit-kit", { kitId }, { startAfter: keptSeconds });
    return { kitId };
  });
}
