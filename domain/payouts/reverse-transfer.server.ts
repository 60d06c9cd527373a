import type { Selectable, Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueue, enqueueAll } from "../jobs.ts";
import { endRefused, giveNewKey, leasedCall } from "../leased-call.server.ts";
import { accounts, type Destination } from "../ledger/account.ts";
import { post } from "../ledger/post.server.ts";
import type { Amount } from "../money/amount.ts";
import { standings, unsentParts } from "./standing.server.ts";

type Due = {
  id: string;
  attempt: number;
  saleId: string;
  stripeTransfer: string;
  destination: Destination;
  amount: Amount;
};

/**
 * Takes back from a transfer what a refund or a lost dispute took from its destination: the call with the stored key, then entry
 * `reversal` (`leasedCall`). A definite refusal is not tried again: the destination owes, and it is kept from later sales.
 * "waiting": the outcome of the transfer itself is not known; it rings again.
 */
export async function reverseTransfer(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { reversalId }: { reversalId: string },
  job?: string,
): Promise<"made" | "refused" | "renewed" | "waiting" | "leased" | "nothing"> {
  const { stripe } = house;
  return leasedCall(db, house, {
    ...intent(reversalId),
    job,
    lock: (trx) =>
      trx.selectFrom("reversal").selectAll().where("id", "=", reversalId).forUpdate().executeTakeFirst(),
    ringAgain: (trx, startAfter) => enqueue(trx, house, "reverse-transfer", { reversalId }, { startAfter }),
    prepare: (trx, row) => prepare(trx, house, row),
    make: (due, options) =>
      stripe.reverseTransfer(
        { transferId: due.stripeTransfer, amount: due.amount, metadata: { reversal_id: due.id } },
        options,
      ),
    find: async (due) =>
      (await stripe.findReversals(due.stripeTransfer)).find((made) => made.metadata.reversal_id === due.id),
    keep: (due, { id }) => inTransaction(db, (trx) => keepDone(trx, house, due, id)),
    refuse: (trx, due, code) => endRefused(trx, house, intent(due.id), code),
    renew: (trx, due) => intendAnew(trx, house, due),
  });
}

async function prepare(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  row: Selectable<DB["reversal"]>,
): Promise<{ due: Due } | { end: "waiting" | "refused" }> {
  const transfer = await trx
    .selectFrom("transfer")
    .select(["state", "stripe_transfer", "destination"])
    .where("id", "=", row.transfer_id)
    .executeTakeFirstOrThrow();
  if (transfer.state === "intended") return { end: "waiting" };
  if (transfer.stripe_transfer === null) {
    // The transfer never brought anything.
    await endRefused(trx, house, intent(row.id), "never_sent");
    return { end: "refused" };
  }
  const due = {
    id: row.id,
    attempt: row.attempt,
    saleId: row.sale_id,
    stripeTransfer: transfer.stripe_transfer,
    destination: transfer.destination as Destination,
    amount: row.amount,
  };
  return { due };
}

async function keepDone(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  due: Due,
  stripeReversal: string,
): Promise<void> {
  const kept = await trx
    .updateTable("reversal")
    .set({ state: "done", stripe_reversal: stripeReversal, leased_until: null, state_at: house.clock.now() })
    .where("id", "=", due.id)
    .where("state", "=", "intended")
    .returning("id")
    .executeTakeFirst();
  if (!kept) return;
  const parts = await trx
    .selectFrom("reversal_part")
    .select(["account", "amount"])
    .where("reversal_id", "=", due.id)
    .execute();
  await post(trx, house, {
    key: `reversal:${due.id}`,
    kind: "reversal",
    saleId: due.saleId,
    stripeObject: stripeReversal,
    postings: [
      { account: accounts.stripe, amount: due.amount },
      ...parts.map(({ account, amount }) => ({ account, amount: -amount })),
    ],
  });
  await ringWhatWasKept(trx, house, due);
}

/**
 * Until the money was back, the destination seemed to owe it, and the charge could not pay others from it: what later sales could
 * not be sent meanwhile, what this one owes to others, or again after its refund failed, is looked at once more.
 */
async function ringWhatWasKept(
  trx: Transaction<DB>,
  house: Pick<House, "queue">,
  { destination, saleId }: Due,
): Promise<void> {
  const free = (await standings(trx, [destination])).get(destination)!.free;
  const unsent = [
    ...(await unsentParts(trx, { saleId })),
    ...(free > 0 ? await unsentParts(trx, { destination }) : []),
  ];
  const sales = new Set(unsent.map((part) => part.saleId));
  await enqueueAll(
    trx,
    house,
    "send-parts",
    [...sales].map((saleId) => ({ saleId })),
  );
}

/** Looked for and not there: the call never reached Stripe, and its key is too old to be safe. */
async function intendAnew(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  { id, attempt }: Due,
): Promise<void> {
  await giveNewKey(trx, house, intent(id), { key: `rev:${id}:${attempt + 1}`, attempt: attempt + 1 });
  await enqueue(trx, house, "reverse-transfer", { reversalId: id });
}

const intent = (id: string) => ({ table: "reversal" as const, pending: "intended" as const, id });
