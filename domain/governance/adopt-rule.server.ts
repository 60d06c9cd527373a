import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { Refusal } from "../refusal.ts";
import { ruleSteps } from "./rule.ts";

/**
 * Writes down a version of a co-op's rule, voted or (`votedAt: null`) still before the vote. A voted version is in force from
 * `inForceFrom` until the next voted one; an instant equal to `inForceFrom` is already inside. Whoever holds the vote calls
 * this with its result: nothing else makes a rule. Refuses `rule_invalid` (details: reason), `rule_backdated` (from before now
 * or before its vote), `rule_overlap` (another version of this co-op starts at that very instant).
 */
export async function adoptRule(
  db: Database,
  { clock }: Pick<House, "clock">,
  input: { coopId: string; code: string; steps: unknown; inForceFrom: Date; votedAt: Date | null },
): Promise<{ ruleId: string }> {
  const parsed = ruleSteps.safeParse(input.steps);
  if (!parsed.success) throw new Refusal("rule_invalid", { reason: parsed.error.issues[0]?.message ?? "" });
  const now = clock.now();
  if (input.inForceFrom < now || (input.votedAt && input.inForceFrom < input.votedAt))
    throw new Refusal("rule_backdated");
  const ruleId = v7();
  return inTransaction(db, async (trx) => {
    const taken = await trx
      .selectFrom("rule")
      .select("id")
      .where("coop_id", "=", input.coopId)
      .where("in_force_from", "=", input.inForceFrom)
      .executeTakeFirst();
    if (taken) throw new Refusal("rule_overlap");
    const written = await trx
      .insertInto("rule")
      .values({
        id: ruleId,
        coop_id: input.coopId,
        code: input.code,
        steps: JSON.stringify(parsed.data),
        in_force_from: input.inForceFrom,
        voted_at: input.votedAt,
        created_at: now,
      })
      .onConflict((conflict) => conflict.columns(["coop_id", "in_force_from"]).doNothing())
      .returning("id")
      .executeTakeFirst();
    // Two at once: the other was first.
    if (!written) throw new Refusal("rule_overlap");
    return { ruleId };
  });
}
