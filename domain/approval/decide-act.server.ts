import type { Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { adoptRule } from "../governance/adopt-rule.server.ts";
import type { House } from "../house.ts";
import { handOverUnclaimed } from "../payouts/hand-over-unclaimed.server.ts";
import { recordOutsidePayment } from "../payouts/record-outside-payment.server.ts";
import { writeOff } from "../payouts/write-off.server.ts";
import { keepTrace } from "../people/keep-trace.server.ts";
import { insist } from "../people/permitted.server.ts";
import { Refusal } from "../refusal.ts";
import { refundSale } from "../sales/refund-sale.server.ts";
import { type ActTerms, actTerms } from "./act.ts";
import { setTwoPeople } from "./set-two-people.server.ts";

type Doors = Pick<House, "clock" | "queue">;
type Locked = { id: string; coopId: string; subject: string; proposedBy: string; terms: ActTerms };

/**
 * Does what another proposed, now, in one transaction. Refuses `not_found` (no such act where this person may confirm), `act_own`,
 * `act_over` (decided, or its seven days are over), and whatever the verb itself refuses by now: the proposal then stays open.
 */
export function confirmAct(
  db: Database,
  house: Doors,
  { actId, by }: { actId: string; by: string },
): Promise<{ madeId: string }> {
  return inTransaction(db, async (trx) => {
    const act = await lockAct(trx, house, { actId, by });
    if (act.proposedBy === by) throw new Refusal("act_own");
    await decide(trx, house, { actId, by, decision: "confirmed" });
    const madeId = await run(trx, house, act);
    await trx.updateTable("money_act").set({ made_id: madeId }).where("id", "=", actId).execute();
    await keepTrace(trx, house, {
      coopId: act.coopId,
      by,
      verb: "confirm-act",
      subject: act.subject,
      after: { actId, kind: act.terms.kind, madeId, proposedBy: act.proposedBy },
    });
    return { madeId };
  });
}

/** Ends a proposal without doing it; who proposed may too. Refuses `not_found` and `act_over`. */
export function declineAct(
  db: Database,
  house: Doors,
  { actId, by }: { actId: string; by: string },
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const act = await lockAct(trx, house, { actId, by });
    await decide(trx, house, { actId, by, decision: "declined" });
    await keepTrace(trx, house, {
      coopId: act.coopId,
      by,
      verb: "decline-act",
      subject: act.subject,
      after: { actId, kind: act.terms.kind, proposedBy: act.proposedBy },
    });
  });
}

async function lockAct(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  { actId, by }: { actId: string; by: string },
): Promise<Locked> {
  const found = await trx
    .selectFrom("money_act")
    .selectAll()
    .where("id", "=", actId)
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw new Refusal("not_found");
  await insist(trx, { by, verb: "confirmActs", coopId: found.coop_id });
  if (found.decision !== null || (found.expires_at as Date) <= clock.now()) throw new Refusal("act_over");
  const terms = actTerms.parse({ kind: found.kind, ...(found.terms as object) });
  return {
    id: found.id,
    coopId: found.coop_id,
    subject: found.subject,
    proposedBy: found.proposed_by,
    terms,
  };
}

async function decide(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  { actId, by, decision }: { actId: string; by: string; decision: "confirmed" | "declined" },
): Promise<void> {
  await trx
    .updateTable("money_act")
    .set({ decision, decided_by: by, decided_at: clock.now() })
    .where("id", "=", actId)
    .execute();
}

/** The verb, as it was proposed and in the name of who proposed it, whose role counts still. Returns the id of what it made. */
async function run(trx: Transaction<DB>, house: Doors, act: Locked): Promise<string> {
  const { terms, coopId } = act;
  const mine = { by: act.proposedBy, approvedAs: act.id };
  switch (terms.kind) {
    case "refund": {
      const { saleId, lines, amount, reason, refundId } = terms;
      const asked = { saleId, lines, amount, reason, refundId, askedBy: act.proposedBy };
      return (await refundSale(trx, house, { ...asked, approvedAs: act.id })).refundId;
    }
    case "write_off":
      return (await writeOff(trx, house, { ...mine, coopId, ...terms })).writeOffId;
    case "outside_payment":
      return (await recordOutsidePayment(trx, house, { ...mine, ...terms })).outsidePaymentId;
    case "hand_over":
      return (await handOverUnclaimed(trx, house, { ...mine, memberId: terms.memberId })).unclaimedAmountId;
    case "adopt_rule": {
      const adopted = await adoptRule(trx, house, {
        ...mine,
        coopId,
        ruleId: terms.ruleId,
        votedAt: new Date(terms.votedAt),
        inForceFrom: new Date(terms.inForceFrom),
        minutes: terms.minutes,
      });
      if (!adopted) throw new Refusal("already_decided");
      return terms.ruleId;
    }
    case "limit":
      await setTwoPeople(trx, house, { ...mine, coopId, above: terms.above });
      return coopId;
  }
}
