import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { keepTrace } from "./keep-trace.server.ts";

/** Corrects the name by which the house knows a person; empty: none. How an artist is named in the shop is their co-op's to say. */
export function setName(
  db: Database,
  house: Pick<House, "clock">,
  { personId, name }: { personId: string; name: string },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    await trx
      .updateTable("person")
      .set({ name: name === "" ? null : name })
      .where("id", "=", personId)
      .execute();
    await keepTrace(trx, house, {
      coopId: null,
      by: personId,
      verb: "set-name",
      subject: `person:${personId}`,
    });
  });
}
