import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import type { Destination } from "../ledger/account.ts";
import { Refusal } from "../refusal.ts";
import { keepAct } from "./keep-act.server.ts";
import { findPayee } from "./payee-queries.server.ts";
import { refreshAccount } from "./refresh-account.server.ts";
import { ringWhatWaited } from "./resume-payouts.server.ts";

/**
 * Staff ask that what a payee is owed be tried again: Stripe is asked how the account stands, a refusal by it or a want of funds is
 * forgotten, and what may go goes. Refuses `not_found` where they do not keep the books of that co-op or there is no account, and
 * `clear_first` where a transfer waits for somebody to look at it.
 */
export async function retryPayee(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { destination, personId }: { destination: Destination; personId: string },
): Promise<void> {
  const payee = await findPayee(db, personId, destination);
  if (!payee?.stripeAccount) throw new Refusal("not_found");
  if (payee.heldBecause === "needs_a_person") throw new Refusal("clear_first");
  const id = payee.payoutAccountId!;
  await refreshAccount(db, house, { stripeAccount: payee.stripeAccount, told: true });
  await inTransaction(db, async (trx) => {
    const resumed = await trx
      .updateTable("payout_account")
      .set({ hold: null, held_at: null })
      .where("id", "=", id)
      .where("hold", "=", "balance_insufficient")
      .returning("id")
      .execute();
    await ringWhatWaited(
      trx,
      house,
      resumed.map((account) => ({ ...account, destination })),
      "balance_insufficient",
    );
    await enqueue(trx, house, "release-payee", { payoutAccountId: id });
    await keepAct(trx, house, payee, { act: "retry", by: personId });
  });
}
