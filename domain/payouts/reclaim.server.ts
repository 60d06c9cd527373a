import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";
import { type Amount, sum } from "../money/amount.ts";
import { Refusal } from "../refusal.ts";
import { postUnclaimed } from "./keep-settlement.server.ts";
import { lockMember } from "./lock-member.server.ts";

/**
 * A member came back for what was set aside for them: it is owed to them again (entry `unclaimed`, backwards), all of it, and sent as soon as
 * it can be. What was paid to the State meanwhile they ask there. Refuses `not_found`, and `nothing_unclaimed` where nothing is set
 * aside any more.
 */
export async function reclaim(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { memberId, by }: { memberId: string; by: string | null },
): Promise<{ amount: Amount }> {
  return inTransaction(db, async (trx) => {
    const { coopId } = await lockMember(trx, { memberId, by });
    const now = house.clock.now();
    const back = await trx
      .updateTable("unclaimed_amount")
      .set({ reclaimed_at: now, reclaimed_by: by })
      .where("member_id", "=", memberId)
      .where("reclaimed_at", "is", null)
      .where("remittance_id", "is", null)
      .returning(["id", "amount"])
      .execute();
    if (back.length === 0) throw new Refusal("nothing_unclaimed");
    const ids = back.map(({ id }) => id).sort();
    await trx
      .updateTable("settled_part")
      .set({ undone_at: now })
      .where("unclaimed_amount_id", "in", ids)
      .execute();
    const amount = sum(back.map((each) => each.amount));
    const settled = { coopId, memberId, by, verb: "reclaim" };
    // By the first of those that it brings back: each is brought back once.
    const key = `reclaimed:${ids[0]}`;
    await postUnclaimed(trx, house, settled, { key, amount: -amount, unclaimedAmountIds: ids });
    const payees = await trx
      .selectFrom("payout_account")
      .select("id as payoutAccountId")
      .where("member_id", "=", memberId)
      .where("replaced_at", "is", null)
      .execute();
    await enqueueAll(trx, house, "release-payee", payees);
    return { amount };
  });
}
