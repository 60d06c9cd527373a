import type { Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { StripeFailure } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { type Amount, settlementCurrency } from "../money/amount.ts";
import { bookedAmount, keepRefund } from "./keep-refund.server.ts";
import { hasOpenDispute, lockSale } from "./take-from-sale.server.ts";

/** A courtesy between workers, as for a transfer: the key protects by itself. */
const leaseSeconds = 30;
/** Stripe keeps a key for 24 hours; after this, a search tells whether the refund was made. */
const keyHours = 23;

type Due = {
  id: string;
  key: string;
  attempt: number;
  amount: Amount;
  charge: string;
  firstCalledAt: Date;
  sale: { currency: string; total: Amount; settled: Amount };
};

/**
 * Makes a refund that was asked of us: leased and committed, then the call with the stored key, then what Stripe says of it
 * (`keep-refund`). "waiting": the sale is not split yet, the split rings. An unknown outcome is thrown, to be tried again with the
 * same key; once the key is too old, the refund is looked for at Stripe, adopted or asked anew. A definite refusal ends it: nothing
 * was taken from anybody.
 */
export async function makeRefund(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { refundId }: { refundId: string },
): Promise<"made" | "refused" | "waiting" | "leased" | "nothing"> {
  const due = await inTransaction(db, (trx) => lease(trx, house, refundId));
  if (typeof due === "string") return due;
  const { stripe } = house;
  try {
    const tooOld = house.clock.now().getTime() - due.firstCalledAt.getTime() >= keyHours * 3_600_000;
    const made = tooOld
      ? (await stripe.findRefunds({ chargeId: due.charge })).find(
          (refund) => refund.metadata.refund_id === due.id,
        )
      : await stripe.createRefund(
          { chargeId: due.charge, amount: chargedAmount(due), metadata: { refund_id: due.id } },
          { idempotencyKey: due.key },
        );
    if (!made) {
      await inTransaction(db, (trx) => askAnew(trx, house, due));
      return "waiting";
    }
    const booked = await bookedAmount(house, due.sale, made);
    await inTransaction(db, (trx) => keepRefund(trx, house, { refundId: due.id, made, booked }));
    return "made";
  } catch (error) {
    if (!(error instanceof StripeFailure)) throw error;
    const refused = error.outcome === "refused";
    await db
      .updateTable("refund")
      .set({
        leased_until: null,
        state_at: house.clock.now(),
        ...(refused && { state: "refused", refusal: error.code }),
      })
      .where("id", "=", refundId)
      .where("state", "=", "asked")
      .execute();
    if (refused) return "refused";
    throw error;
  }
}

async function lease(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  refundId: string,
): Promise<Due | "waiting" | "leased" | "nothing" | "refused"> {
  const now = house.clock.now();
  const asked = await trx
    .selectFrom("refund")
    .select("sale_id")
    .where("id", "=", refundId)
    .executeTakeFirst();
  if (!asked) return "nothing";
  const sale = await lockSale(trx, asked.sale_id);
  const row = await trx
    .selectFrom("refund")
    .selectAll()
    .where("id", "=", refundId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.state !== "asked" || sale.stripe_charge === null) return "nothing";
  if (!sale.split_at) return "waiting";
  if (row.leased_until && row.leased_until > now) {
    const wait = Math.ceil((row.leased_until.getTime() - now.getTime()) / 1000) + 1;
    await enqueue(trx, house, "make-refund", { refundId }, { startAfter: wait });
    return "leased";
  }
  if (row.calls === 0 && (await hasOpenDispute(trx, sale.id))) {
    await trx
      .updateTable("refund")
      .set({ state: "refused", refusal: "sale_disputed", state_at: now })
      .where("id", "=", refundId)
      .execute();
    return "refused";
  }
  const firstCalledAt = row.first_called_at ?? now;
  await trx
    .updateTable("refund")
    .set({
      leased_until: new Date(now.getTime() + leaseSeconds * 1000),
      calls: row.calls + 1,
      first_called_at: firstCalledAt,
      state_at: now,
    })
    .where("id", "=", refundId)
    .execute();
  const { id, key, attempt, amount } = row;
  return { id, key, attempt, amount, charge: sale.stripe_charge, firstCalledAt, sale };
}

/** Stripe counts in the currency of the charge. */
function chargedAmount({ amount, sale }: Due): Amount {
  if (sale.currency === settlementCurrency) return amount;
  return Number(
    (2n * BigInt(amount) * BigInt(sale.total) + BigInt(sale.settled)) / (2n * BigInt(sale.settled)),
  );
}

/** Looked for and not there: the call never reached Stripe, and its key is too old to be safe. */
async function askAnew(trx: Transaction<DB>, house: Pick<House, "clock" | "queue">, due: Due): Promise<void> {
  await trx
    .updateTable("refund")
    .set({
      key: `re:${due.id}:${due.attempt + 1}`,
      attempt: due.attempt + 1,
      calls: 0,
      first_called_at: null,
      leased_until: null,
      state_at: house.clock.now(),
    })
    .where("id", "=", due.id)
    .where("state", "=", "asked")
    .execute();
  await enqueue(trx, house, "make-refund", { refundId: due.id });
}
