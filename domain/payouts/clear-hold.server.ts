import type { Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import type { Destination } from "../ledger/account.ts";
import { Refusal } from "../refusal.ts";
import { keepAct } from "./keep-act.server.ts";
import { type CalledTransfer, findTransfer, keepSent, ringReversals } from "./keep-transfer.server.ts";
import { findPayee } from "./payee-queries.server.ts";
import { ringWhatWaited } from "./resume-payouts.server.ts";

/**
 * A person has looked at what stopped for them (`idempotency_error`) and lets it go on. Stripe is asked once more for each transfer
 * that stopped: what it made is adopted, with its entry; what it did not make is over, and what is still owed is sent under a new key.
 * `words`: what the person saw. Refuses `not_found` where they do not keep the books of that co-op, `nothing_stuck`, and
 * `transfer_differs` where Stripe made it for another amount: that must be put right at Stripe first.
 */
export async function clearHold(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { destination, personId, words }: { destination: Destination; personId: string; words: string },
): Promise<{ adopted: number; anew: number }> {
  const payee = await findPayee(db, personId, destination);
  if (!payee) throw new Refusal("not_found");
  const stuck = await stuckTransfers(db, destination);
  if (!payee.payoutAccountId || stuck.length === 0) throw new Refusal("nothing_stuck");
  const looked = await Promise.all(
    stuck.map(async (called) => ({ called, made: await findTransfer(house, called) })),
  );
  if (looked.some(({ called, made }) => made && made.amount !== called.amount))
    throw new Refusal("transfer_differs");
  await inTransaction(db, async (trx) => {
    for (const { called, made } of looked) {
      if (made) await keepSent(trx, house, called, made.id, "stuck");
      else await giveUp(trx, house, called.id);
    }
    await trx
      .updateTable("payout_account")
      .set({ hold: null, held_at: null })
      .where("id", "=", payee.payoutAccountId)
      .where("hold", "=", "idempotency_error")
      .execute();
    await keepAct(trx, house, payee, { act: "clear", by: personId, words });
    await ringWhatWaited(trx, house, [{ id: payee.payoutAccountId!, destination }], "cleared");
  });
  const adopted = looked.filter(({ made }) => made).length;
  return { adopted, anew: looked.length - adopted };
}

async function giveUp(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  id: string,
): Promise<void> {
  await trx
    .updateTable("transfer")
    .set({ state: "refused", refusal: "cleared", state_at: house.clock.now() })
    .where("id", "=", id)
    .where("state", "=", "stuck")
    .execute();
  await ringReversals(trx, house, id);
}

function stuckTransfers(db: Database, destination: Destination): Promise<CalledTransfer[]> {
  return db
    .selectFrom("transfer")
    .innerJoin("payout_account", "payout_account.id", "transfer.payout_account_id")
    .select([
      "transfer.id",
      "transfer.sale_id as saleId",
      "payout_account.stripe_account as account",
      "transfer.amount",
    ])
    .where("transfer.destination", "=", destination)
    .where("transfer.state", "=", "stuck")
    .orderBy("transfer.id")
    .execute()
    .then((rows) => rows.map((row) => ({ ...row, destination })));
}
