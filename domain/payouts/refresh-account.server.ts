import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";

/**
 * Asks Stripe how a payout account stands now, and writes it down. Active: what was held is released. Called when an event or the
 * person's return says that something changed, so a refusal by Stripe (`account_invalid`) is forgotten: the next transfer will
 * tell. An account that is not ours is left.
 */
export async function refreshAccount(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { stripeAccount }: { stripeAccount: string },
): Promise<void> {
  const known = await db
    .selectFrom("payout_account")
    .select("id")
    .where("stripe_account", "=", stripeAccount)
    .executeTakeFirst();
  if (!known) return;
  const { state: told, requirements } = await house.stripe.fetchAccountState(stripeAccount);
  const state = told === "none" ? "closed" : told;
  await inTransaction(db, async (trx) => {
    const now = house.clock.now();
    const account = await trx
      .selectFrom("payout_account")
      .selectAll()
      .where("id", "=", known.id)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    await trx
      .updateTable("payout_account")
      .set({
        state,
        state_at: account.state === state ? account.state_at : now,
        reason: requirements.length > 0 ? requirements.join(" ") : null,
        hold: account.hold === "account_invalid" ? null : account.hold,
        refused_at: null,
        looked_at: now,
      })
      .where("id", "=", known.id)
      .execute();
    if (state === "active" && account.replaced_at === null) {
      await enqueue(trx, house, "release-payee", { payoutAccountId: known.id });
    }
  });
}
