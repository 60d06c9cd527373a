import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import type { Amount } from "../money/amount.ts";
import { Refusal } from "../refusal.ts";
import { highestThreshold } from "./threshold.ts";

/**
 * A member chooses from which amount on they are paid, all that is free in one transfer; 0: after each sale. What the new threshold
 * no longer keeps goes at once. Refuses `threshold_too_high`.
 */
export async function setThreshold(
  db: Database,
  house: Pick<House, "queue">,
  { memberId, threshold }: { memberId: string; threshold: Amount },
): Promise<void> {
  if (threshold > highestThreshold) throw new Refusal("threshold_too_high");
  await inTransaction(db, async (trx) => {
    await trx.updateTable("member").set({ threshold }).where("id", "=", memberId).execute();
    const account = await trx
      .selectFrom("payout_account")
      .select("id")
      .where("member_id", "=", memberId)
      .where("replaced_at", "is", null)
      .executeTakeFirst();
    if (account) await enqueue(trx, house, "release-payee", { payoutAccountId: account.id });
  });
}
