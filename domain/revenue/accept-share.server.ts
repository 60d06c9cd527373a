import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";

/**
 * A member accepts what a share list gives them. What was held for want of it (owed and posted, not sent) is released.
 * Returns false where there is nothing of theirs to accept; accepting twice changes nothing.
 */
export async function acceptShare(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { shareListId, memberId }: { shareListId: string; memberId: string },
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const accepted = await trx
      .updateTable("share")
      .set({ accepted_at: house.clock.now() })
      .where("share_list_id", "=", shareListId)
      .where("member_id", "=", memberId)
      .where("accepted_at", "is", null)
      .returning("member_id")
      .executeTakeFirst();
    if (!accepted) return false;
    const account = await trx
      .selectFrom("payout_account")
      .select("id")
      .where("member_id", "=", memberId)
      .where("replaced_at", "is", null)
      .executeTakeFirst();
    if (account) await enqueue(trx, house, "release-payee", { payoutAccountId: account.id });
    return true;
  });
}
