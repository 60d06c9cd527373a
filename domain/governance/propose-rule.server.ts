import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { insist } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import { readRule } from "./rule.ts";

/**
 * Writes down a version of a co-op's rule whose vote is open: planned from `inForceFrom`, in force never before it is adopted. What is
 * voted on is what is written here. `code` names it in a word; R2, R3… where none is given. `by`: the person who proposes; null at
 * the founding. Refuses `rule_invalid` (details: reason, a `RuleFault`), `rule_backdated` (planned before now), `rule_overlap`
 * (another version of this co-op is planned for that very instant), `not_found` (somebody who is no admin there).
 */
export async function proposeRule(
  db: Database,
  { clock }: Pick<House, "clock">,
  input: {
    coopId: string;
    steps: unknown;
    inForceFrom: Date;
    code?: string | undefined;
    purpose?: string | null | undefined;
    by: string | null;
  },
): Promise<{ ruleId: string; code: string }> {
  const read = readRule(input.steps);
  if ("fault" in read) throw new Refusal("rule_invalid", { reason: read.fault });
  const now = clock.now();
  if (input.inForceFrom < now) throw new Refusal("rule_backdated");
  const ruleId = v7();
  return inTransaction(db, async (trx) => {
    await insist(trx, { by: input.by, verb: "proposeRules", coopId: input.coopId });
    // Proposals of one co-op follow each other, so that two at once do not take one name.
    await trx.selectFrom("coop").select("id").where("id", "=", input.coopId).forNoKeyUpdate().execute();
    const known = await trx
      .selectFrom("rule")
      .select(["code", "in_force_from", "withdrawn_at"])
      .where("coop_id", "=", input.coopId)
      .execute();
    const sameInstant = known.some(
      (each) => each.withdrawn_at === null && each.in_force_from.getTime() === input.inForceFrom.getTime(),
    );
    if (sameInstant) throw new Refusal("rule_overlap");
    const code = input.code ?? freeCode(known.map((each) => each.code));
    await trx
      .insertInto("rule")
      .values({
        id: ruleId,
        coop_id: input.coopId,
        code,
        steps: JSON.stringify(read.steps),
        in_force_from: input.inForceFrom,
        purpose: input.purpose || null,
        proposed_by: input.by,
        created_at: now,
      })
      .execute();
    await trx
      .insertInto("audit")
      .values({
        id: v7(),
        coop_id: input.coopId,
        person_id: input.by,
        verb: "propose-rule",
        subject: `rule:${ruleId}`,
        after: JSON.stringify({ code, steps: read.steps, inForceFrom: input.inForceFrom }),
        at: now,
      })
      .execute();
    return { ruleId, code };
  });
}

function freeCode(taken: readonly string[]): string {
  for (let n = taken.length + 1; ; n += 1) if (!taken.includes(`R${n}`)) return `R${n}`;
}
