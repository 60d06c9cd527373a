import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import { insistOnSecond } from "../coops/second-person.server.ts";
import type { House } from "../house.ts";
import { insist } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";

/**
 * Records that the vote on a proposal closed with yes: from `inForceFrom` — the planned instant, or a later one where the vote closed
 * late — it is the co-op's rule until the next adopted one; an instant equal to `inForceFrom` is already inside. Whoever holds the
 * vote calls this with its result: nothing else makes a rule. `minutes`: where the meeting's minutes are; `by`: who records it, null
 * at the founding. Returns false where this co-op has no such open proposal: adopting twice changes nothing.
 * Refuses `rule_vote_to_come` (a vote after now), `rule_backdated` (in force before the vote, or before its result is recorded here:
 * what was sold meanwhile keeps its rule), `rule_overlap` (another version of this co-op begins at that very instant), `not_found` (somebody who is
 * no admin there), `second_person_needed`.
 */
export function adoptRule(
  db: Database,
  { clock }: Pick<House, "clock">,
  input: {
    coopId: string;
    ruleId: string;
    votedAt: Date;
    minutes?: string | null | undefined;
    inForceFrom?: Date | undefined;
    by: string | null;
    /** The act of two people that this is, where the co-op asks for it. */
    approvedAs?: string | undefined;
  },
): Promise<boolean> {
  const now = clock.now();
  return inTransaction(db, async (trx) => {
    await insist(trx, { by: input.by, verb: "decideRules", coopId: input.coopId });
    await trx.selectFrom("coop").select("id").where("id", "=", input.coopId).forNoKeyUpdate().execute();
    const proposal = await trx
      .selectFrom("rule")
      .select(["in_force_from", "code"])
      .where("id", "=", input.ruleId)
      .where("coop_id", "=", input.coopId)
      .where("voted_at", "is", null)
      .where("withdrawn_at", "is", null)
      .forUpdate()
      .executeTakeFirst();
    if (!proposal) return false;
    const from = input.inForceFrom ?? proposal.in_force_from;
    if (from < now || from < input.votedAt) throw new Refusal("rule_backdated");
    if (input.votedAt > now) throw new Refusal("rule_vote_to_come");
    const sameInstant = await trx
      .selectFrom("rule")
      .select("id")
      .where("coop_id", "=", input.coopId)
      .where("id", "<>", input.ruleId)
      .where("in_force_from", "=", from)
      .where("withdrawn_at", "is", null)
      .executeTakeFirst();
    if (sameInstant) throw new Refusal("rule_overlap");
    const act = { kind: "adopt_rule", coopIds: [input.coopId], subject: `rule:${input.ruleId}` } as const;
    await insistOnSecond(
      trx,
      { clock },
      { ...act, amount: null, by: input.by, approvedAs: input.approvedAs },
    );
    await trx
      .updateTable("rule")
      .set({
        in_force_from: from,
        voted_at: input.votedAt,
        adopted_at: now,
        adopted_by: input.by,
        minutes: input.minutes || null,
      })
      .where("id", "=", input.ruleId)
      .execute();
    await trx
      .insertInto("audit")
      .values({
        id: v7(),
        coop_id: input.coopId,
        person_id: input.by,
        verb: "adopt-rule",
        subject: `rule:${input.ruleId}`,
        before: JSON.stringify({ inForceFrom: proposal.in_force_from }),
        after: JSON.stringify({ votedAt: input.votedAt, inForceFrom: from, minutes: input.minutes ?? null }),
        at: now,
      })
      .execute();
    return true;
  });
}
