import type { Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { StripeFailure } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
import { enqueue, enqueueAll } from "../jobs.ts";

import { accounts, type Destination } from "../ledger/account.ts";
import { post } from "../ledger/post.server.ts";
import type { Amount } from "../money/amount.ts";
import { standings, unsentParts } from "./standing.server.ts";

/** A courtesy between workers, as for a transfer: the key protects by itself. */
const leaseSeconds = 30;
/** Stripe keeps a key for 24 hours; after this, a search tells whether the reversal was made. */
const keyHours = 23;

type Due = {
  id: string;
  key: string;
  attempt: number;
  saleId: string;
  stripeTransfer: string;
  destination: Destination;
  amount: Amount;
  firstCalledAt: Date;
};

/**
 * Takes back from a transfer what a refund or a lost dispute took from its destination: leased and committed, then the call with the
 * stored key, then entry `reversal`. A definite refusal is not tried again: the destination owes, and it is kept from later sales. An
 * unknown outcome is thrown, to be tried again with the same key or, once that is too old, looked for. "waiting": the outcome of the
 * transfer itself is not known; it rings again.
 */
export async function reverseTransfer(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { reversalId }: { reversalId: string },
): Promise<"done" | "refused" | "waiting" | "leased" | "nothing"> {
  const due = await inTransaction(db, (trx) => lease(trx, house, reversalId));
  if (typeof due === "string") return due;
  const { stripe } = house;
  try {
    const tooOld = house.clock.now().getTime() - due.firstCalledAt.getTime() >= keyHours * 3_600_000;
    const made = tooOld
      ? (await stripe.findReversals(due.stripeTransfer)).find(
          (reversal) => reversal.metadata.reversal_id === due.id,
        )
      : await stripe.reverseTransfer(
          { transferId: due.stripeTransfer, amount: due.amount, metadata: { reversal_id: due.id } },
          { idempotencyKey: due.key },
        );
    if (!made) {
      await inTransaction(db, (trx) => intendAnew(trx, house, due));
      return "waiting";
    }
    await inTransaction(db, (trx) => keepDone(trx, house, due, made.id));
    return "done";
  } catch (error) {
    if (!(error instanceof StripeFailure)) throw error;
    const refused = error.outcome === "refused";
    await db
      .updateTable("reversal")
      .set({
        leased_until: null,
        state_at: house.clock.now(),
        ...(refused && { state: "refused", refusal: error.code }),
      })
      .where("id", "=", reversalId)
      .where("state", "=", "intended")
      .execute();
    if (refused) return "refused";
    throw error;
  }
}

async function lease(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  reversalId: string,
): Promise<Due | "waiting" | "leased" | "nothing" | "refused"> {
  const now = house.clock.now();
  const row = await trx
    .selectFrom("reversal")
    .selectAll()
    .where("id", "=", reversalId)
    .forUpdate()
    .executeTakeFirst();
  if (row?.state !== "intended") return "nothing";
  if (row.leased_until && row.leased_until > now) {
    const wait = Math.ceil((row.leased_until.getTime() - now.getTime()) / 1000) + 1;
    await enqueue(trx, house, "reverse-transfer", { reversalId }, { startAfter: wait });
    return "leased";
  }
  const transfer = await trx
    .selectFrom("transfer")
    .select(["state", "stripe_transfer", "destination"])
    .where("id", "=", row.transfer_id)
    .executeTakeFirstOrThrow();
  if (transfer.state === "intended") return "waiting";
  const stripeTransfer = transfer.stripe_transfer;
  const firstCalledAt = row.first_called_at ?? now;
  await trx
    .updateTable("reversal")
    .set(
      stripeTransfer === null
        ? // The transfer never brought anything.
          { state: "refused", refusal: "never_sent", state_at: now }
        : {
            leased_until: new Date(now.getTime() + leaseSeconds * 1000),
            calls: row.calls + 1,
            first_called_at: firstCalledAt,
            state_at: now,
          },
    )
    .where("id", "=", reversalId)
    .execute();
  if (stripeTransfer === null) return "refused";
  return {
    id: row.id,
    key: row.key,
    attempt: row.attempt,
    saleId: row.sale_id,
    stripeTransfer,
    destination: transfer.destination as Destination,
    amount: row.amount,
    firstCalledAt,
  };
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
 * Until the money was back, the destination seemed to owe it: what later sales could not be sent meanwhile, or what this one owes
 * again after its refund failed, is looked at once more.
 */
async function ringWhatWasKept(
  trx: Transaction<DB>,
  house: Pick<House, "queue">,
  { destination }: Due,
): Promise<void> {
  const free = (await standings(trx, [destination])).get(destination)!.free;
  if (free <= 0) return;
  const sales = new Set((await unsentParts(trx, { destination })).map((part) => part.saleId));
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
  due: Due,
): Promise<void> {
  await trx
    .updateTable("reversal")
    .set({
      key: `rev:${due.id}:${due.attempt + 1}`,
      attempt: due.attempt + 1,
      calls: 0,
      first_called_at: null,
      leased_until: null,
      state_at: house.clock.now(),
    })
    .where("id", "=", due.id)
    .where("state", "=", "intended")
    .execute();
  await enqueue(trx, house, "reverse-transfer", { reversalId: due.id });
}
