import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { claim } from "./claims.server.ts";
import { lockRecord, type Speaker, traceCurator } from "./lock-record.server.ts";
import { factsOfWorks } from "./score-facts.server.ts";
import { unconfirmedValues } from "./unconfirmed.ts";

/**
 * A person says that what the files say is right: every value that the record shows on their word alone becomes the person's own
 * claim, as it stands; `fields`: of these alone. Returns the fields; run again, there are none. Refuses `not_found`, and
 * `work_submitted` to an artist.
 */
export function confirmRecord(
  db: Database,
  house: Pick<House, "clock">,
  speaker: Speaker & { fields?: readonly string[] },
): Promise<{ confirmed: string[] }> {
  return inTransaction(db, async (trx) => {
    const { id, coopId } = await lockRecord(trx, speaker);
    const [facts] = await factsOfWorks(trx, [id]);
    const values = (facts ? unconfirmedValues(facts) : []).filter(
      ({ field }) => speaker.fields?.includes(field) ?? true,
    );
    const confirmed = values.map(({ field }) => field);
    if (confirmed.length === 0) return { confirmed };
    await claim(
      trx,
      house,
      { workId: id, origin: speaker.as, personId: speaker.personId },
      values.map((value) => ({ ...value, source: "confirmation" })),
    );
    await traceCurator(trx, house, speaker, { coopId, verb: "confirm_record", after: confirmed });
    return { confirmed };
  });
}
