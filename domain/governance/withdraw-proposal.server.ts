import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { insist } from "../people/permitted.server.ts";

/**
 * Takes a proposal back, or records that the meeting said no: it is kept, never in force, and its instant is free again. Returns false
 * where this co-op has no such open proposal; a version that was adopted is not one. Refuses `not_found` to who is no admin there.
 */
export function withdrawProposal(
  db: Database,
  { clock }: Pick<House, "clock">,
  input: { coopId: string; ruleId: string; by: string },
): Promise<boolean> {
  const now = clock.now();
  return inTransaction(db, async (trx) => {
    await insist(trx, { by: input.by, verb: "decideRules", coopId: input.coopId });
    const withdrawn = await trx
      .updateTable("rule")
      .set({ withdrawn_at: now, withdrawn_by: input.by })
      .where("id", "=", input.ruleId)
      .where("coop_id", "=", input.coopId)
      .where("voted_at", "is", null)
      .where("withdrawn_at", "is", null)
      .returning("code")
      .executeTakeFirst();
    if (!withdrawn) return false;
    await trx
      .insertInto("audit")
      .values({
        id: v7(),
        coop_id: input.coopId,
        person_id: input.by,
        verb: "withdraw-rule",
        subject: `rule:${input.ruleId}`,
        at: now,
      })
      .execute();
    return true;
  });
}
