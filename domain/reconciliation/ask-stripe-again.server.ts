import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { StripeFailure } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
import { payOut } from "../payouts/pay-out.server.ts";
import { reverseTransfer } from "../payouts/reverse-transfer.server.ts";
import { followDisputes } from "../sales/follow-disputes.server.ts";
import { recordRefunds } from "../sales/record-refunds.server.ts";
import { settleSale } from "../sales/settle-sale.server.ts";
import { splitSale } from "../sales/split-sale.server.ts";
import { followPayout } from "./follow-payout.server.ts";

type Asking = Pick<House, "clock" | "queue" | "stripe">;
type Movement = { kind: string; object: string; source: string };

const perRun = 200;
/** What moved just now is being written by the verb that its own event rings. */
const youngMinutes = 2;
/** One that is held as unexplained is asked about once a day. */
const heldHours = 20;
/** Stripe does not answer: the next run asks the rest. */
const mostFailures = 3;

/**
 * For each movement at Stripe without an entry, calls the verb that should have written it: a sale paid, a refund made in Stripe's
 * dashboard, a dispute, a payout of which no event told; a transfer or a reversal whose answer was lost. Those verbs ask Stripe how
 * things stand, and may be called at any time. An error of theirs does not keep the others from being asked; it is returned.
 */
export async function askStripeAgain(db: Database, house: Asking): Promise<unknown[]> {
  const now = house.clock.now();
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const { rows } = await sql<Movement>`
    select moved.entry_kind as kind, moved.entry_object as object, min(moved.source) as source
    from balance_transaction as moved left join difference on difference.kind = 'unexplained'
      and difference.about = moved.entry_kind || ' ' || moved.entry_object
    where moved.entry_id is null and not moved.before_books and moved.entry_kind is not null
      and moved.created_at <= ${ago(youngMinutes)}
      and (difference.id is null or moved.asked_at is null or moved.asked_at <= ${ago(heldHours * 60)})
    group by moved.entry_kind, moved.entry_object
    order by min(moved.asked_at) nulls first, min(moved.created_at) limit ${perRun}`.execute(db);
  const errors: unknown[] = [];
  let silent = 0;
  for (const movement of rows) {
    try {
      await ask(db, house, movement);
    } catch (error) {
      if (error instanceof StripeFailure && error.outcome !== "refused") {
        silent += 1;
        if (silent >= mostFailures) break;
        continue;
      }
      if (!(error instanceof StripeFailure)) errors.push(error);
    }
    await db
      .updateTable("balance_transaction")
      .set({ asked_at: now })
      .where("entry_object", "=", movement.object)
      .where("entry_id", "is", null)
      .execute();
  }
  return errors;
}

async function ask(db: Database, house: Asking, { kind, source }: Movement): Promise<void> {
  const { stripe } = house;
  if (kind === "split") return askSale(db, house, source);
  if (kind === "refund" || kind === "refund_failed")
    return askOfCharge(db, house, (await stripe.fetchRefund(source)).chargeId, recordRefunds);
  if (kind.startsWith("dispute_"))
    return askOfCharge(db, house, (await stripe.fetchDispute(source)).chargeId, followDisputes);
  if (kind === "transfer") return askTransfer(db, house, source);
  if (kind === "reversal") return askReversals(db, house);
  if (kind === "payout") return followPayout(db, house, { payoutId: source });
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Found by the charge where it is known, by what we wrote on the payment where nothing ever told that it was made. */
async function askSale(db: Database, house: Asking, charge: string): Promise<void> {
  const known = await saleOf(db, charge);
  const named = known ?? (await house.stripe.fetchCharge(charge)).metadata.sale_id;
  if (named === undefined || !uuid.test(named)) return;
  const state = await settleSale(db, house, { saleId: named });
  if (state === "paid") await splitSale(db, house, { saleId: named });
}

async function askOfCharge(
  db: Database,
  house: Asking,
  charge: string | null,
  verb: (db: Database, house: Asking, sale: { saleId: string }) => Promise<void>,
): Promise<void> {
  if (charge === null) return;
  // The sale first: of one that is not in the books, nothing can go back.
  await askSale(db, house, charge);
  const saleId = await saleOf(db, charge);
  if (saleId !== null) await verb(db, house, { saleId });
}

async function askTransfer(db: Database, house: Asking, stripeTransfer: string): Promise<void> {
  const { metadata } = await house.stripe.fetchTransfer(stripeTransfer);
  const transferId = metadata.transfer_id;
  if (transferId !== undefined && uuid.test(transferId)) await payOut(db, house, { transferId });
}

/** Stripe names a reversal by the transfer alone; those whose answer may have been lost are few. */
async function askReversals(db: Database, house: Asking): Promise<void> {
  const waiting = await db
    .selectFrom("reversal")
    .select("id")
    .where("state", "=", "intended")
    .where("calls", ">", 0)
    .orderBy("state_at")
    .limit(20)
    .execute();
  for (const { id } of waiting) await reverseTransfer(db, house, { reversalId: id });
}

async function saleOf(db: Database, charge: string): Promise<string | null> {
  const sale = await db
    .selectFrom("sale")
    .select("id")
    .where("stripe_charge", "=", charge)
    .executeTakeFirst();
  return sale?.id ?? null;
}
