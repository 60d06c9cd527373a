import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { keepTrace } from "./keep-trace.server.ts";

/**
 * Ends sessions of this person: the one named, or every one but that from which they ask. Another's, or one that is over already,
 * changes nothing. Returns how many ended.
 */
export function endSessions(
  db: Database,
  house: Pick<House, "clock">,
  { personId, which }: { personId: string; which: { id: string } | { allBut: string } },
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const mine = trx.deleteFrom("session").where("person_id", "=", personId);
    const ended = await ("id" in which
      ? mine.where("id", "=", which.id)
      : mine.where("id", "<>", which.allBut)
    )
      .returning("id")
      .execute();
    if (ended.length > 0)
      await keepTrace(trx, house, {
        coopId: null,
        by: personId,
        verb: "end-session",
        subject: `person:${personId}`,
        before: { sessions: ended.map(({ id }) => id) },
      });
    return ended.length;
  });
}
