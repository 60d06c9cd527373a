import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { claim } from "./claims.server.ts";
import { isrc } from "./identifiers.ts";
import { lockRecord, type Speaker, traceCurator } from "./lock-record.server.ts";

/**
 * Writes the ISRC of each recording given; an empty one takes it away. What is written is the person's own word, also where a file had
 * said the same. Refuses `not_found`, `work_submitted`, `tracks_changed` (a recording that is not the album's) and `field_invalid`
 * with the field `isrc`.
 */
export async function giveIsrcs(
  db: Database,
  house: Pick<House, "clock">,
  input: Speaker & { isrcs: readonly { recordingId: string; value: string }[] },
): Promise<void> {
  const given = input.isrcs.map(({ recordingId, value }) => {
    const code = value.trim() === "" ? null : isrc(value);
    if (code === undefined) throw new Refusal("field_invalid", { field: "isrc" });
    return { id: recordingId, isrc: code };
  });
  return inTransaction(db, async (trx) => {
    const { id, coopId } = await lockRecord(trx, input);
    const known = await trx.selectFrom("recording").select("id").where("work_id", "=", id).execute();
    if (given.some((each) => !known.some((track) => track.id === each.id)))
      throw new Refusal("tracks_changed");
    await sql`update recording set isrc = given.isrc
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given (id uuid, isrc text)
      where recording.id = given.id and recording.work_id = ${id} and recording.isrc is distinct from given.isrc`.execute(
      trx,
    );
    await trx.updateTable("work").set({ updated_at: house.clock.now() }).where("id", "=", id).execute();
    const codes = given.flatMap((each) => each.isrc ?? []);
    await claim(trx, house, { workId: id, origin: input.as, personId: input.personId }, [
      { field: "isrc", value: codes, source: "form" },
    ]);
    await traceCurator(trx, house, input, { coopId, verb: "give_isrcs", after: given });
  });
}
