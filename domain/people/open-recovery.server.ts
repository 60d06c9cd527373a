import { sql } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { keepTrace } from "./keep-trace.server.ts";
import { insist } from "./permitted.server.ts";

const lifetimeMs = 24 * 3_600_000;

/**
 * An administrator lets somebody else of their co-op's staff make a new passkey, once and within a day: that one's old passkeys end
 * with it. They still need their mailbox to come in. Open already: stays as it is. Refuses `not_found` (no administrator there, nobody of
 * its staff) and `second_person_needed` to who would open it for themselves.
 */
export async function openRecovery(
  db: Database,
  house: Pick<House, "clock">,
  { coopId, personId, by }: { coopId: string; personId: string; by: string },
): Promise<void> {
  const now = house.clock.now();
  await inTransaction(db, async (trx) => {
    await insist(trx, { by, verb: "recoverPasskeys", coopId });
    if (personId === by) throw new Refusal("second_person_needed", { amount: 0 });
    const { rows } = await sql<{ open: boolean }>`
      select exists (select from passkey_recovery where person_id = p.id and used_at is null and expires_at > ${now}) as open
      from person p where p.id = ${personId}::uuid
        and exists (select from coop_role r where r.person_id = p.id and r.coop_id = ${coopId}::uuid)
      for update of p`.execute(trx);
    const found = rows[0];
    if (!found) throw new Refusal("not_found");
    if (found.open) return;
    await trx
      .insertInto("passkey_recovery")
      .values({
        id: v7(),
        person_id: personId,
        coop_id: coopId,
        opened_by: by,
        opened_at: now,
        expires_at: new Date(now.getTime() + lifetimeMs),
      })
      .execute();
    await keepTrace(trx, house, {
      coopId,
      by,
      verb: "open-recovery",
      subject: `person:${personId}`,
    });
  });
}
