import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";

/**
 * Asks Stripe how a payout account stands now, and writes it down. Active: what was held is released. `told`: an event, or the
 * person who comes back from Stripe's form, says that something changed; a refusal by Stripe (`account_invalid`) is then forgotten, for
 * the next transfer will tell. The sweep only looks, and forgets it where the state is another. An account not ours is left.
 */
export async function refreshAccount(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { stripeAccount, told: changed = false }: { stripeAccount: string; told?: boolean | undefined },
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
        ...(account.hold === "account_invalid" &&
          (changed || account.state !== state) && { hold: null, refused_at: null }),
        looked_at: now,
      })
      .where("id", "=", known.id)
      .execute();
    if (state === "active" && account.replaced_at === null) {
      await enqueue(trx, house, "release-payee", { payoutAccountId: known.id });
    }
  });
}
