import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";
import { peopleToTell } from "./follow-queries.server.ts";

/** Rings for one letter to each person who follows somebody with something new. Twice rings twice, and a letter is sent once a day. */
export function gatherNewWorks(db: Database, house: Pick<House, "clock" | "queue">): Promise<void> {
  const until = house.clock.now();
  return inTransaction(db, async (trx) => {
    const people = await peopleToTell(trx, until);
    const letters = people.map(({ personId }) => ({ personId, until: until.toISOString() }));
    await enqueueAll(trx, house, "send-new-works", letters);
  });
}
