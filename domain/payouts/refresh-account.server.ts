import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";

/**
 * Asks Stripe how a payout account stands now, and writes it down for whom it belongs to. Active: what was held is released. Closed or
 * restricted while in use: the member is told by mail. `told`: an event, or the person who comes back from Stripe's form, says that
 * something changed; a refusal by Stripe (`account_invalid`) is then forgotten, for the next transfer will tell. The sweep only looks,
 * and forgets it where the state is another. An account not ours is left.
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
    .execute();
  if (known.length === 0) return;
  const { state: told, requirements, dueAt } = await house.stripe.fetchAccountState(stripeAccount);
  const state = told === "none" ? "closed" : told;
  await inTransaction(db, async (trx) => {
    const now = house.clock.now();
    const accounts = await trx
      .selectFrom("payout_account")
      .selectAll()
      .where("stripe_account", "=", stripeAccount)
      .orderBy("id")
      .forNoKeyUpdate()
      .execute();
    for (const account of accounts) {
      const isOther = account.state !== state;
      await trx
        .updateTable("payout_account")
        .set({
          state,
          state_at: isOther ? now : account.state_at,
          reason: requirements.length > 0 ? requirements.join(" ") : null,
          due_at: dueAt,
          ...(account.hold === "account_invalid" &&
            (changed || isOther) && { hold: null, held_at: null, refused_at: null }),
          looked_at: now,
        })
        .where("id", "=", account.id)
        .execute();
      if (account.replaced_at !== null) continue;
      if (state === "active") await enqueue(trx, house, "release-payee", { payoutAccountId: account.id });
      if (isOther && (state === "closed" || state === "restricted"))
        await enqueue(trx, house, "send-payout-notice", { payoutAccountId: account.id, about: state });
    }
  });
}
