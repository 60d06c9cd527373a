import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";

/**
 * Asks Stripe how the last deposit of a payout account at its owner's bank ended. Sent back: it is kept, and the member is told by mail
 * to correct their bank details. Our books do not change: what was transferred is theirs, and lies in their account at Stripe. Once
 * a later deposit arrived, the trouble is over.
 */
export async function lookAtBank(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { stripeAccount }: { stripeAccount: string },
): Promise<void> {
  const known = await db
    .selectFrom("payout_account")
    .select("id")
    .where("stripe_account", "=", stripeAccount)
    .where("state", "<>", "closed")
    .executeTakeFirst();
  if (!known) return;
  const last = await house.stripe.fetchLastDeposit(stripeAccount);
  const failed = last?.state === "failed" ? last : null;
  await inTransaction(db, async (trx) => {
    const now = house.clock.now();
    const accounts = await trx
      .selectFrom("payout_account")
      .select(["id", "bank_payout", "replaced_at"])
      .where("stripe_account", "=", stripeAccount)
      .orderBy("id")
      .forNoKeyUpdate()
      .execute();
    for (const account of accounts) {
      const isNew = failed !== null && account.bank_payout !== failed.id;
      await trx
        .updateTable("payout_account")
        .set({
          bank_looked_at: now,
          ...(failed === null && {
            bank_payout: null,
            bank_amount: null,
            bank_failed_at: null,
            bank_failure: null,
          }),
          ...(isNew && {
            bank_payout: failed.id,
            bank_amount: failed.amount,
            bank_failed_at: now,
            bank_failure: failed.failure,
          }),
        })
        .where("id", "=", account.id)
        .execute();
      if (isNew && account.replaced_at === null)
        await enqueue(trx, house, "send-payout-notice", { payoutAccountId: account.id, about: "bank" });
    }
  });
}
