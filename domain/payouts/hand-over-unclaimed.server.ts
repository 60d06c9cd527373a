import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { insistOnSecond } from "../coops/second-person.server.ts";
import type { House } from "../house.ts";
import { memberDestination } from "../ledger/account.ts";
import type { Amount } from "../money/amount.ts";
import { Refusal } from "../refusal.ts";
import { keepSettledParts } from "./keep-settled-parts.server.ts";
import { postUnclaimed } from "./keep-settlement.server.ts";
import { lockMember } from "./lock-member.server.ts";
import { unclaimedOf } from "./unclaimed-queries.server.ts";

/**
 * Sets aside, to hand over to the State, what has been due for three years to a member who cannot be found (entry `unclaimed`); what is
 * younger stays, and what is set aside is still theirs (`reclaim`), until it is paid to the State (`remitUnclaimed`). Each time after a notice of its own (`recordNotice`). Refuses
 * `not_found`, `notice_missing`, `not_yet_unclaimed` and `second_person_needed` (approvedAs: the act of two people that this is).
 */
export async function handOverUnclaimed(
  db: Database,
  house: Pick<House, "clock">,
  { memberId, by, approvedAs }: { memberId: string; by: string | null; approvedAs?: string | undefined },
): Promise<{ unclaimedAmountId: string; amount: Amount }> {
  return inTransaction(db, async (trx) => {
    const { coopId } = await lockMember(trx, { memberId, by });
    const now = house.clock.now();
    const noticeOn = await lastNotice(trx, memberId);
    if (noticeOn === null) throw new Refusal("notice_missing");
    const { amount, parts } = await unclaimedOf(trx, { memberId, now });
    if (amount <= 0) throw new Refusal("not_yet_unclaimed");
    const act = { kind: "hand_over", coopIds: [coopId], subject: `member:${memberId}`, amount } as const;
    await insistOnSecond(trx, house, { ...act, by, approvedAs });
    const id = v7();
    await trx
      .insertInto("unclaimed_amount")
      .values({
        id,
        member_id: memberId,
        amount,
        notice_on: noticeOn,
        set_aside_by: by,
        set_aside_at: now,
      })
      .execute();
    const destination = memberDestination(memberId);
    await keepSettledParts(trx, { unclaimedAmountId: id }, { destination, amount, among: parts });
    const settled = { coopId, memberId, by, verb: "hand-over-unclaimed" };
    await postUnclaimed(trx, house, settled, {
      key: `unclaimed:${id}`,
      amount,
      unclaimedAmountId: id,
      noticeOn,
    });
    return { unclaimedAmountId: id, amount };
  });
}

/** The day of the last notice given since something was set aside, or since the beginning; null: none. */
async function lastNotice(trx: Transaction<DB>, memberId: string): Promise<string | null> {
  const { rows } = await sql<{ on_day: string }>`
    select on_day from payee_act where destination = ${memberDestination(memberId)} and act = 'notice'
      and done_at > coalesce((select max(set_aside_at) from unclaimed_amount where member_id = ${memberId}::uuid), '-infinity')
    order by on_day desc limit 1`.execute(trx);
  return rows[0]?.on_day ?? null;
}
