import type { Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { StripeFailure } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
import { enqueue, enqueueAll } from "../jobs.ts";
import type { Destination } from "../ledger/account.ts";
import { post } from "../ledger/post.server.ts";
import { settlementCurrency } from "../money/amount.ts";
import { hasOpenDispute } from "../sales/take-from-sale.server.ts";
import { intendTransfers } from "./intend-transfer.server.ts";
import { standings } from "./standing.server.ts";
import { transferPostings } from "./transfer-postings.server.ts";

/** A courtesy between workers, longer than a call may last: the key protects by itself, two calls with it are one transfer. */
const leaseSeconds = 30;
/** Stripe keeps a key for 24 hours; after this, a search tells whether the transfer was made. */
const keyHours = 23;

type Due = {
  id: string;
  key: string;
  saleId: string | null;
  charge: string | null;
  account: string;
  destination: Destination;
  amount: number;
  firstCalledAt: Date;
};

/**
 * Makes a transfer that was intended: leased and committed, then the call with the stored key, then its outcome — entry `transfer`,
 * or a refusal, or nothing known. A crash anywhere is finished by running it again. An unknown outcome is thrown, to be tried
 * again with the same key; once the key is too old, the transfer is looked for at Stripe, adopted or intended anew.
 * A definite refusal ends this attempt; what was owed stays owed (money conventions, § 5).
 */
export async function payOut(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { transferId }: { transferId: string },
): Promise<"sent" | "refused" | "leased" | "nothing"> {
  const due = await inTransaction(db, (trx) => lease(trx, house, transferId));
  if (typeof due === "string") return due;
  const group = due.saleId ? `sale_${due.saleId}` : `release_${due.id}`;
  try {
    const tooOld = house.clock.now().getTime() - due.firstCalledAt.getTime() >= keyHours * 3_600_000;
    const transfer = tooOld
      ? await find(house, due, group)
      : await house.stripe.sendTransfer(
          {
            amount: due.amount,
            currency: settlementCurrency,
            destination: due.account,
            sourceTransaction: due.charge ?? undefined,
            transferGroup: group,
            metadata: { transfer_id: due.id },
          },
          { idempotencyKey: due.key },
        );
    if (!transfer) {
      await inTransaction(db, (trx) => intendAnew(trx, house, due));
      return "refused";
    }
    await inTransaction(db, (trx) => keepSent(trx, house, due, transfer.id));
    return "sent";
  } catch (error) {
    if (!(error instanceof StripeFailure)) throw error;
    if (error.outcome === "refused") {
      await inTransaction(db, (trx) => keepRefused(trx, house, due, error.code));
      return "refused";
    }
    await db
      .updateTable("transfer")
      .set({ leased_until: null, state_at: house.clock.now() })
      .where("id", "=", transferId)
      .where("state", "=", "intended")
      .execute();
    throw error;
  }
}

async function lease(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  transferId: string,
): Promise<Due | "leased" | "nothing" | "refused"> {
  const now = house.clock.now();
  const row = await trx
    .selectFrom("transfer")
    .selectAll()
    .where("id", "=", transferId)
    .forUpdate()
    .executeTakeFirst();
  if (row?.state !== "intended") return "nothing";
  if (row.leased_until && row.leased_until > now) {
    // Another worker is calling, or died doing so: look again when its lease is over.
    const wait = Math.ceil((row.leased_until.getTime() - now.getTime()) / 1000) + 1;
    await enqueue(trx, house, "pay-out", { transferId }, { startAfter: wait });
    return "leased";
  }
  const account = await trx
    .selectFrom("payout_account")
    .selectAll()
    .where("id", "=", row.payout_account_id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  const destination = row.destination as Destination;
  if (row.calls === 0) {
    // Not called yet, so it may still be given up: things changed since it was intended.
    const { credit, unaccepted, frozen, onItsWay } = (await standings(trx, [destination])).get(destination)!;
    const isFrozen = row.sale_id !== null && (await hasOpenDispute(trx, row.sale_id));
    const owed = !isFrozen && credit - unaccepted - frozen - (onItsWay - row.amount) >= row.amount;
    const open = account.state === "active" && account.replaced_at === null && account.hold === null;
    if (!owed || !open) {
      const refusal = account.hold ?? (open ? "no_longer_owed" : "account_not_active");
      await trx
        .updateTable("transfer")
        .set({ state: "refused", refusal, state_at: now })
        .where("id", "=", transferId)
        .execute();
      return "refused";
    }
  }
  const sale = row.sale_id
    ? await trx.selectFrom("sale").select("stripe_charge").where("id", "=", row.sale_id).executeTakeFirst()
    : undefined;
  const firstCalledAt = row.first_called_at ?? now;
  await trx
    .updateTable("transfer")
    .set({
      leased_until: new Date(now.getTime() + leaseSeconds * 1000),
      calls: row.calls + 1,
      first_called_at: firstCalledAt,
      state_at: now,
    })
    .where("id", "=", transferId)
    .execute();
  return {
    id: row.id,
    key: row.key,
    saleId: row.sale_id,
    charge: sale?.stripe_charge ?? null,
    account: account.stripe_account,
    destination,
    amount: row.amount,
    firstCalledAt,
  };
}

/** What this attempt made, if it made anything: known by the id that its metadata carries. */
async function find({ stripe }: Pick<House, "stripe">, due: Due, transferGroup: string) {
  const made = await stripe.findTransfers({ transferGroup, destination: due.account });
  return made.find((transfer) => transfer.metadata.transfer_id === due.id);
}

async function keepSent(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  due: Due,
  stripeTransfer: string,
): Promise<void> {
  const kept = await trx
    .updateTable("transfer")
    .set({ state: "sent", stripe_transfer: stripeTransfer, leased_until: null, state_at: house.clock.now() })
    .where("id", "=", due.id)
    .where("state", "=", "intended")
    .returning("payout_account_id")
    .executeTakeFirst();
  if (!kept) return;
  await post(trx, house, {
    key: `transfer:${due.id}`,
    kind: "transfer",
    ...(due.saleId && { saleId: due.saleId }),
    stripeObject: stripeTransfer,
    postings: await transferPostings(trx, due),
  });
  await ringReversals(trx, house, due.id);
  // What became free while the release was on its way.
  if (!due.saleId) await enqueue(trx, house, "release-payee", { payoutAccountId: kept.payout_account_id });
}

/** A refund came while the outcome of the transfer was not known: what it brought, if anything, is taken back now. */
async function ringReversals(
  trx: Transaction<DB>,
  house: Pick<House, "queue">,
  transferId: string,
): Promise<void> {
  const waiting = await trx
    .selectFrom("reversal")
    .select("id as reversalId")
    .where("transfer_id", "=", transferId)
    .where("state", "=", "intended")
    .execute();
  await enqueueAll(trx, house, "reverse-transfer", waiting);
}

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
    .returning("payout_account_id")
    .executeTakeFirst();
  if (!refused) return;
  await ringReversals(trx, house, due.id);
  // A refusal that we do not know is treated as the account's: sending again and again would not help.
  const hold = holds.find((known) => known === code) ?? "account_invalid";
  await trx
    .updateTable("payout_account")
    .set({ hold, ...(hold === "account_invalid" && { refused_at: now }) })
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
