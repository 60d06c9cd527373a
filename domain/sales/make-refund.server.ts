import type { Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { endRefused, giveNewKey, leasedCall } from "../leased-call.server.ts";
import { type Amount, settlementCurrency } from "../money/amount.ts";
import { bookedAmount, keepRefund } from "./keep-refund.server.ts";
import { hasOpenDispute, lockSale } from "./take-from-sale.server.ts";

type Due = {
  id: string;
  attempt: number;
  saleId: string;
  amount: Amount;
  charge: string;
  sale: { currency: string; total: Amount; settled: Amount };
};

/**
 * Makes a refund that was asked of us: the call with the stored key, then what Stripe says of it (`leasedCall`, `keepRefund`).
 * "waiting": the sale is not split yet, the split rings. A definite refusal ends it: nothing was taken from anybody.
 */
export async function makeRefund(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { refundId }: { refundId: string },
  job?: string,
): Promise<"made" | "refused" | "renewed" | "waiting" | "leased" | "nothing"> {
  const { stripe } = house;
  return leasedCall(db, house, {
    ...intent(refundId),
    job,
    lock: (trx) => lockWithSale(trx, refundId),
    ringAgain: (trx, startAfter) => enqueue(trx, house, "make-refund", { refundId }, { startAfter }),
    prepare: (trx, row) => prepare(trx, house, row),
    make: (due, options) =>
      stripe.createRefund(
        { chargeId: due.charge, amount: chargedAmount(due), metadata: { refund_id: due.id } },
        options,
      ),
    find: async (due) =>
      (await stripe.findRefunds({ chargeId: due.charge })).find((made) => made.metadata.refund_id === due.id),
    keep: async (due, made) => {
      const booked = await bookedAmount(house, due.sale, made);
      await inTransaction(db, (trx) => keepRefund(trx, house, { refundId, made, booked }));
    },
    refuse: async (trx, due, code) => {
      await endRefused(trx, house, intent(refundId), code);
      // While its outcome was not known, what the charge might no longer pay was kept back.
      await enqueue(trx, house, "send-parts", { saleId: due.saleId });
    },
    renew: (trx, due) => askAnew(trx, house, due),
  });
}

/** The sale first, as everywhere: refunds, disputes and transfers of one sale follow each other by its lock. */
async function lockWithSale(trx: Transaction<DB>, refundId: string) {
  const asked = await trx
    .selectFrom("refund")
    .select("sale_id")
    .where("id", "=", refundId)
    .executeTakeFirst();
  if (!asked) return undefined;
  const sale = await lockSale(trx, asked.sale_id);
  const row = await trx
    .selectFrom("refund")
    .selectAll()
    .where("id", "=", refundId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { ...row, sale };
}

async function prepare(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  { id, attempt, amount, calls, sale }: NonNullable<Awaited<ReturnType<typeof lockWithSale>>>,
): Promise<{ due: Due } | { end: "nothing" | "waiting" | "refused" }> {
  if (sale.stripe_charge === null) return { end: "nothing" };
  if (!sale.split_at) return { end: "waiting" };
  if (calls === 0 && (await hasOpenDispute(trx, sale.id))) {
    await endRefused(trx, house, intent(id), "sale_disputed");
    return { end: "refused" };
  }
  return { due: { id, attempt, saleId: sale.id, amount, charge: sale.stripe_charge, sale } };
}

/** Stripe counts in the currency of the charge. */
function chargedAmount({ amount, sale }: Due): Amount {
  if (sale.currency === settlementCurrency) return amount;
  return Number(
    (2n * BigInt(amount) * BigInt(sale.total) + BigInt(sale.settled)) / (2n * BigInt(sale.settled)),
  );
}

/** Looked for and not there: the call never reached Stripe, and its key is too old to be safe. */
async function askAnew(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  { id, attempt }: Due,
): Promise<void> {
  await giveNewKey(trx, house, intent(id), { key: `re:${id}:${attempt + 1}`, attempt: attempt + 1 });
  await enqueue(trx, house, "make-refund", { refundId: id });
}

const intent = (id: string) => ({ table: "refund" as const, pending: "asked" as const, id });
