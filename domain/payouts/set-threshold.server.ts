import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import type { Amount } from "../money/amount.ts";
import { keepTrace } from "../people/keep-trace.server.ts";
import { Refusal } from "../refusal.ts";
import { highestThreshold } from "./threshold.ts";

/**
 * A member chooses from which amount on they are paid, all that is free in one transfer; 0: after each sale. What the new threshold
 * no longer keeps goes at once. Refuses `threshold_too_high`, `not_found`.
 */
export async function setThreshold(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { memberId, threshold, by = null }: { memberId: string; threshold: Amount; by?: string | null },
): Promise<void> {
  if (threshold > highestThreshold) throw new Refusal("threshold_too_high");
  await inTransaction(db, async (trx) => {
    const member = await trx
      .selectFrom("member")
      .select(["coop_id", "threshold"])
      .where("id", "=", memberId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!member) throw new Refusal("not_found");
    await trx.updateTable("member").set({ threshold }).where("id", "=", memberId).execute();
    await keepTrace(trx, house, {
      coopId: member.coop_id,
      by,
      verb: "set-threshold",
      subject: `member:${memberId}`,
      before: { threshold: member.threshold },
      after: { threshold },
    });
    const account = await trx
      .selectFrom("payout_account")
      .select("id")
      .where("member_id", "=", memberId)
      .where("replaced_at", "is", null)
      .executeTakeFirst();
    if (account) await enqueue(trx, house, "release-payee", { payoutAccountId: account.id });
  });
}
