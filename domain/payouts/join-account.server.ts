import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { Refusal } from "../refusal.ts";

/**
 * A member asks to be paid to a Stripe account that is there already, by its id. One account has one owner: another's is refused
 * (`account_of_another`) unless the co-op of this member marked it as shared; what nobody here owns is refused as well, for whoever opens
 * an account does it by `startOnboarding`. The former account keeps its history; all that is owed goes to this one.
 */
export async function joinAccount(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { memberId, stripeAccount }: { memberId: string; stripeAccount: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const member = await trx
      .selectFrom("member")
      .select("coop_id")
      .where("id", "=", memberId)
      .executeTakeFirstOrThrow();
    const owners = await trx
      .selectFrom("payout_account")
      .select(["id", "member_id", "state", "replaced_at"])
      .where("stripe_account", "=", stripeAccount)
      .orderBy("created_at")
      .forUpdate()
      .execute();
    if (owners.some((owner) => owner.member_id === memberId && owner.replaced_at === null)) return;
    const shared = await trx
      .selectFrom("shared_account")
      .select("stripe_account")
      .where("stripe_account", "=", stripeAccount)
      .where("coop_id", "=", member.coop_id)
      .executeTakeFirst();
    const owner = owners[0];
    if (!shared || !owner || owners.some((each) => each.member_id === memberId))
      throw new Refusal("account_of_another");
    const now = house.clock.now();
    await trx
      .updateTable("payout_account")
      .set({ replaced_at: now })
      .where("member_id", "=", memberId)
      .where("replaced_at", "is", null)
      .execute();
    await trx
      .insertInto("payout_account")
      .values({
        id: v7(),
        member_id: memberId,
        stripe_account: stripeAccount,
        shared_account: stripeAccount,
        state: owner.state,
        state_at: now,
        created_at: now,
      })
      .execute();
    await enqueue(trx, house, "refresh-account", { stripeAccount, told: true });
  });
}
