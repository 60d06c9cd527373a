import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { keepTrace } from "../people/keep-trace.server.ts";
import type { Verb } from "../people/permissions.ts";
import { insist } from "../people/permitted.server.ts";
import { type ActTerms, amountOf, subjectOf } from "./act.ts";

const lifetimeMs = 7 * 24 * 3_600_000;
/** Who may propose: whoever may do it alone below the amount. */
const verbOf = {
  refund: "refund",
  write_off: "settlePayees",
  outside_payment: "settlePayees",
  hand_over: "settlePayees",
  adopt_rule: "decideRules",
  limit: "setTwoPeople",
} as const satisfies Record<ActTerms["kind"], Verb>;

/**
 * Keeps what one person wants done, for another to confirm within seven days. The same again while it is open: the same proposal. Refuses
 * `not_found` to who may not do it there.
 */
export function proposeAct(
  db: Database,
  house: Pick<House, "clock">,
  { coopId, terms, by }: { coopId: string; terms: ActTerms; by: string },
): Promise<{ actId: string }> {
  const now = house.clock.now();
  const subject = subjectOf(terms, coopId);
  const { kind, ...rest } = terms;
  return inTransaction(db, async (trx) => {
    await insist(trx, { by, verb: verbOf[kind], coopId });
    await trx.selectFrom("coop").select("id").where("id", "=", coopId).forNoKeyUpdate().execute();
    // A refund's id comes from its form: another form asks for the same thing again.
    const known = await trx
      .selectFrom("money_act")
      .select("id")
      .where("coop_id", "=", coopId)
      .where("kind", "=", kind)
      .where("subject", "=", subject)
      .where("proposed_by", "=", by)
      .where("amount", "is not distinct from", amountOf(terms))
      .where("decision", "is", null)
      .where("expires_at", ">", now)
      .executeTakeFirst();
    if (known) return { actId: known.id };
    const actId = v7();
    await trx
      .insertInto("money_act")
      .values({
        id: actId,
        coop_id: coopId,
        kind,
        subject,
        amount: amountOf(terms),
        terms: JSON.stringify(rest),
        proposed_by: by,
        proposed_at: now,
        expires_at: new Date(now.getTime() + lifetimeMs),
      })
      .execute();
    await keepTrace(trx, house, {
      coopId,
      by,
      verb: "propose-act",
      subject,
      after: { actId, kind, amount: amountOf(terms) },
    });
    return { actId };
  });
}
