import type { Database } from "#db/connection.ts";
import { memberDestination } from "#domain/ledger/account.ts";
import { grantRole } from "#domain/membership/grant-role.server.ts";
import { handOverUnclaimed } from "#domain/payouts/hand-over-unclaimed.server.ts";
import { reclaim as reclaimFor } from "#domain/payouts/reclaim.server.ts";
import { recordNotice } from "#domain/payouts/record-notice.server.ts";
import { recordOutsidePayment } from "#domain/payouts/record-outside-payment.server.ts";
import { writeOff } from "#domain/payouts/write-off.server.ts";
import { closeYear } from "#domain/revenue/close-year.server.ts";
import type { Step } from "./format.ts";
import { asking, type Stage } from "./stage.ts";

type Play<S extends Step["do"]> = (stage: Stage, step: Extract<Step, { do: S }>) => Promise<void>;

const idOf = (stage: Stage, member: string) => stage.members.get(member)!.id;

export const close_year: Play<"close_year"> = async (stage, { coop, year, surplus, ...step }) => {
  const patronage = step.patronage?.map(({ member, amount }) => ({ memberId: idOf(stage, member), amount }));
  await asking(stage, `${coop}/${year}`, () =>
    closeYear(stage.db, stage.house, {
      coopId: stage.coops.get(coop)!,
      year,
      surplus,
      reserveBp: step.reserve_bp,
      nonMemberBp: step.non_member_bp,
      patronage,
      by: null,
    }),
  );
};

export const unclaimed: Play<"unclaimed"> = async (stage, { member, notice }) => {
  const memberId = idOf(stage, member);
  // A step that is refused changes nothing: the notice goes with it.
  await asking(stage, member, () =>
    stage.db.transaction().execute(async (trx) => {
      if (notice) await giveNotice(trx, stage, memberId);
      return handOverUnclaimed(trx, stage.house, { memberId, by: null });
    }),
  );
};

/** The treasurer of the member's co-op, whoever that is in a story, writes down that the notice was given. */
async function giveNotice(db: Database, { house, clock, members }: Stage, memberId: string): Promise<void> {
  const { personId } = members.values().next().value!;
  const { coop_id: coopId } = await db
    .selectFrom("member")
    .select("coop_id")
    .where("id", "=", memberId)
    .executeTakeFirstOrThrow();
  await grantRole(db, house, { coopId, personId, role: "treasurer", by: null });
  const on = clock.now().toISOString().slice(0, 10);
  await recordNotice(db, house, {
    destination: memberDestination(memberId),
    personId,
    on,
    words: "dernière adresse connue",
  });
}

/** Our own: the member came back. */
export const reclaim: Play<"reclaim"> = async (stage, { member }) => {
  await asking(stage, member, () =>
    reclaimFor(stage.db, stage.house, { memberId: idOf(stage, member), by: null }),
  );
};

/** Our own: the co-op paid a member outside of Stripe. */
export const outside_payment: Play<"outside_payment"> = async (stage, { member, amount, reference }) => {
  const paidOn = stage.clock.now().toISOString().slice(0, 10);
  await asking(stage, member, () =>
    recordOutsidePayment(stage.db, stage.house, {
      memberId: idOf(stage, member),
      amount,
      paidOn,
      reference,
      by: null,
    }),
  );
};

/** Our own: the co-op takes a member's debt on itself. */
export const write_off: Play<"write_off"> = async (stage, { coop, member, amount }) => {
  await asking(stage, member, () =>
    writeOff(stage.db, stage.house, {
      coopId: stage.coops.get(coop)!,
      memberId: idOf(stage, member),
      amount,
      reason: "compte fermé, personne à qui demander",
      by: null,
    }),
  );
};
