import type { Selectable, Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { leasedCall } from "../leased-call.server.ts";
import type { Destination } from "../ledger/account.ts";
import { settlementCurrency } from "../money/amount.ts";
import { hasOpenDispute } from "../sales/take-from-sale.server.ts";
import { intendTransfers } from "./intend-transfer.server.ts";
import {
  type CalledTransfer,
  findTransfer,
  groupOf,
  keepSent,
  ringReversals,
} from "./keep-transfer.server.ts";
import { hasRoom, lockSalesOf } from "./room.server.ts";
import { standings } from "./standing.server.ts";

type Due = CalledTransfer & { charge: string | null };

/**
 * Makes a transfer that was intended: the call with the stored key, then its outcome — entry `transfer`, or a refusal, or nothing
 * known (`leasedCall`). A definite refusal ends this attempt; what was owed stays owed (money conventions, § 5).
 */
export async function payOut(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { transferId }: { transferId: string },
  job?: string,
): Promise<"made" | "refused" | "renewed" | "waiting" | "leased" | "nothing"> {
  return leasedCall(db, house, {
    table: "transfer",
    pending: "intended",
    id: transferId,
    job,
    lock: (trx) => lockWithSales(trx, transferId),
    ringAgain: (trx, startAfter) => enqueue(trx, house, "pay-out", { transferId }, { startAfter }),
    prepare: (trx, row) => prepare(trx, house, row),
    make: (due, options) =>
      house.stripe.sendTransfer(
        {
          amount: due.amount,
          currency: settlementCurrency,
          destination: due.account,
          sourceTransaction: due.charge ?? undefined,
          transferGroup: groupOf(due),
          metadata: { transfer_id: due.id },
        },
        options,
      ),
    find: (due) => findTransfer(house, due),
    keep: (due, { id }) => inTransaction(db, (trx) => keepSent(trx, house, due, id)),
    refuse: (trx, due, code) => keepRefused(trx, house, due, code),
    renew: (trx, due) => intendAnew(trx, house, due),
  });
}

/** The sales first, as everywhere: no refund or dispute of theirs comes between the look at what is owed and the lease. */
async function lockWithSales(trx: Transaction<DB>, transferId: string) {
  await lockSalesOf(trx, transferId);
  return trx.selectFrom("transfer").selectAll().where("id", "=", transferId).forUpdate().executeTakeFirst();
}

async function prepare(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  row: Selectable<DB["transfer"]>,
): Promise<{ due: Due; look: boolean } | { end: "refused" }> {
  const account = await trx
    .selectFrom("payout_account")
    .selectAll()
    .where("id", "=", row.payout_account_id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  const destination = row.destination as Destination;
  const owed = await isOwed(trx, row);
  if (row.calls === 0) {
    // Not called yet, so it may still be given up: things changed since it was intended.
    const open = account.state === "active" && account.replaced_at === null && account.hold === null;
    if (!owed || !open) {
      const refusal = account.hold ?? (open ? "no_longer_owed" : "account_not_active");
      await trx
        .updateTable("transfer")
        .set({ state: "refused", refusal, state_at: house.clock.now() })
        .where("id", "=", row.id)
        .execute();
      // What of it is owed all the same is intended anew.
      if (!owed) await ringOwed(trx, house, { saleId: row.sale_id, payoutAccountId: account.id });
      return { end: "refused" };
    }
  }
  const sale = row.sale_id
    ? await trx.selectFrom("sale").select("stripe_charge").where("id", "=", row.sale_id).executeTakeFirst()
    : undefined;
  const due = {
    id: row.id,
    saleId: row.sale_id,
    charge: sale?.stripe_charge ?? null,
    account: account.stripe_account,
    destination,
    amount: row.amount,
  };
  // Called already, and perhaps made. No longer owed, it must not be made now: nobody is sent money that a refund took meanwhile.
  return { due, look: !owed };
}

/** Whether what this transfer brings is still owed, is not frozen, and can be paid by the charges of its sales. */
async function isOwed(trx: Transaction<DB>, row: Selectable<DB["transfer"]>): Promise<boolean> {
  const destination = row.destination as Destination;
  const { credit, unaccepted, frozen, onItsWay } = (await standings(trx, [destination])).get(destination)!;
  const isFrozen = row.sale_id !== null && (await hasOpenDispute(trx, row.sale_id));
  const isFree = credit - unaccepted - frozen - (onItsWay - row.amount) >= row.amount;
  return isFree && !isFrozen && (await hasRoom(trx, row.id));
}

async function ringOwed(
  trx: Transaction<DB>,
  house: Pick<House, "queue">,
  { saleId, payoutAccountId }: { saleId: string | null; payoutAccountId: string },
): Promise<void> {
  if (saleId) await enqueue(trx, house, "send-parts", { saleId });
  else await enqueue(trx, house, "release-payee", { payoutAccountId });
}

/** A refusal that may be about the charge is the account's after so many attempts. */
const attemptsForACharge = 3;
const lookAgainSeconds = 60;

/** After these, nothing is sent to the destination until the account changes, funds are there, or a person acts. */
const holds = ["account_invalid", "balance_insufficient", "idempotency_error"] as const;

async function keepRefused(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  due: Due,
  code: string,
): Promise<void> {
  const now = house.clock.now();
  const stuck = code === "idempotency_error";
  const refused = await trx
    .updateTable("transfer")
    .set({ state: stuck ? "stuck" : "refused", refusal: code, leased_until: null, state_at: now })
    .where("id", "=", due.id)
    .where("state", "=", "intended")
    .returning(["payout_account_id", "attempt"])
    .executeTakeFirst();
  if (!refused) return;
  await ringReversals(trx, house, due.id);
  const isKnown = holds.some((known) => known === code);
  if (due.saleId && !isKnown && refused.attempt < attemptsForACharge) {
    // It may be about the charge: refunded or disputed, and no event told us yet. Once that is known, what is still owed is sent.
    const { saleId } = due;
    await enqueue(trx, house, "record-refunds", { saleId });
    await enqueue(trx, house, "follow-disputes", { saleId });
    await enqueue(trx, house, "send-parts", { saleId }, { startAfter: lookAgainSeconds });
    return;
  }
  // A refusal that we do not know is treated as the account's: sending again and again would not help.
  const hold = holds.find((known) => known === code) ?? "account_invalid";
  await trx
    .updateTable("payout_account")
    .set({ hold, held_at: now, ...(hold === "account_invalid" && { refused_at: now }) })
    .where("id", "=", refused.payout_account_id)
    .execute();
}

/** Looked for and not there: this attempt never reached Stripe, and its key is too old to be safe. The next one has its own. */
async function intendAnew(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  due: Due,
): Promise<void> {
  const given = await trx
    .updateTable("transfer")
    .set({ state: "refused", refusal: "never_made", leased_until: null, state_at: house.clock.now() })
    .where("id", "=", due.id)
    .where("state", "=", "intended")
    .returning(["payout_account_id", "attempt"])
    .executeTakeFirst();
  if (!given) return;
  await ringReversals(trx, house, due.id);
  const parts = await trx
    .selectFrom("transfer_part")
    .select(["sale_id as saleId", "account", "amount"])
    .where("transfer_id", "=", due.id)
    .orderBy("position")
    .execute();
  await intendTransfers(trx, house, [
    {
      destination: due.destination,
      payoutAccountId: given.payout_account_id,
      amount: due.amount,
      parts: parts.map((part) => ({ ...part, destination: due.destination })),
      ...(due.saleId &&
        due.charge && { sale: { id: due.saleId, charge: due.charge, attempt: given.attempt + 1 } }),
    },
  ]);
}
