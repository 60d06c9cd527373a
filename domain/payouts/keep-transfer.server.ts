import type { Transaction } from "kysely";
import type { DB } from "#db/schema.ts";
import type { Transfer } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
import { enqueue, enqueueAll } from "../jobs.ts";
import type { Destination } from "../ledger/account.ts";
import { post } from "../ledger/post.server.ts";
import type { Amount } from "../money/amount.ts";
import { transferPostings } from "./transfer-postings.server.ts";

/** A transfer of ours, as Stripe is told of it. */
export type CalledTransfer = {
  id: string;
  /** null: a release. */
  saleId: string | null;
  /** At Stripe. */
  account: string;
  destination: Destination;
  amount: Amount;
};

/** The group by which a transfer is found again at Stripe: that of its sale and of its payment. */
export const groupOf = ({ id, saleId }: Pick<CalledTransfer, "id" | "saleId">): string =>
  saleId ? `sale_${saleId}` : `release_${id}`;

/** What our call made at Stripe, if it made anything: known by the id that its metadata carries. */
export async function findTransfer(
  { stripe }: Pick<House, "stripe">,
  called: CalledTransfer,
): Promise<Transfer | undefined> {
  const made = await stripe.findTransfers({ transferGroup: groupOf(called), destination: called.account });
  return made.find((transfer) => transfer.metadata.transfer_id === called.id);
}

/** Writes down that it was made: entry `transfer`. Nothing where that is known already. `from`: in which state it was left. */
export async function keepSent(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  called: CalledTransfer,
  stripeTransfer: string,
  from: "intended" | "stuck" = "intended",
): Promise<void> {
  const kept = await trx
    .updateTable("transfer")
    .set({ state: "sent", stripe_transfer: stripeTransfer, leased_until: null, state_at: house.clock.now() })
    .where("id", "=", called.id)
    .where("state", "=", from)
    .returning(["payout_account_id", "calls", "attempt"])
    .executeTakeFirst();
  if (!kept) return;
  await post(trx, house, {
    key: `transfer:${called.id}`,
    kind: "transfer",
    ...(called.saleId && { saleId: called.saleId }),
    stripeObject: stripeTransfer,
    postings: await transferPostings(trx, called),
  });
  await ringReversals(trx, house, called.id);
  // What became free while the release was on its way.
  if (!called.saleId) await enqueue(trx, house, "release-payee", { payoutAccountId: kept.payout_account_id });
  // What more of its sale became owed while an answer was unknown (`sendParts` waits for it). Most are answered at once, and ring nothing.
  else if (kept.calls > 1 || kept.attempt > 1)
    await enqueue(trx, house, "send-parts", { saleId: called.saleId });
}

/** A refund came while the outcome of the transfer was not known: what it brought, if anything, is taken back now. */
export async function ringReversals(
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
