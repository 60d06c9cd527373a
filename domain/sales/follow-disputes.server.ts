import type { Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { Dispute } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { accounts } from "../ledger/account.ts";
import { post } from "../ledger/post.server.ts";
import { type Amount, sum } from "../money/amount.ts";
import { giveUpUncalled } from "./intend-reversals.server.ts";
import { lockSale, takeFromSale } from "./take-from-sale.server.ts";

type Sale = Awaited<ReturnType<typeof lockSale>>;
type Known = {
  id: string;
  sale: Sale;
  /** Without the fee, in the settlement currency; null while nothing was taken. */
  withdrawn: Amount | null;
  state: string;
};

/**
 * Asks Stripe how the disputes of a sale's charge stand and writes down what money they moved: withdrawn (the amount waits in
 * suspense, the sale's unsent parts are frozen), given back, or lost (taken back from the people of the sale). It goes by what Stripe
 * moved, not by the order of its events. An inquiry posts nothing. A dispute lost before the split waits for it. What begins rings for
 * its evidence and for the letter to the treasurers.
 */
export async function followDisputes(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { saleId }: { saleId: string },
): Promise<void> {
  const sale = await db
    .selectFrom("sale")
    .select("stripe_charge")
    .where("id", "=", saleId)
    .where("state", "=", "paid")
    .executeTakeFirst();
  if (!sale?.stripe_charge) return;
  const told = await house.stripe.findDisputes({ chargeId: sale.stripe_charge });
  for (const dispute of told.reverse()) {
    await inTransaction(db, (trx) => follow(trx, house, saleId, dispute));
  }
}

async function follow(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  saleId: string,
  told: Dispute,
): Promise<void> {
  const sale = await lockSale(trx, saleId);
  const now = house.clock.now();
  const row = await trx
    .selectFrom("dispute")
    .selectAll()
    .where("stripe_dispute", "=", told.id)
    .executeTakeFirst();
  const known: Known = {
    id: row?.id ?? v7(),
    sale,
    withdrawn: row?.withdrawn ?? null,
    state: row?.state ?? "inquiry",
  };
  const withdrawn = told.balanceTransactions.filter((each) => each.amount < 0);
  const returned = told.balanceTransactions.filter((each) => each.amount > 0);
  const taken = withdrawn.length > 0 ? 0 - sum(withdrawn.map((each) => each.amount)) : null;
  const isOver = known.state === "won" || known.state === "lost";
  const state = isOver ? known.state : stateOf(told, sale, taken, returned.length > 0);
  const values = {
    state,
    state_at: state === row?.state ? row.state_at : now,
    reason: told.reason,
    status: told.status,
    amount: told.amount,
    withdrawn: known.withdrawn ?? taken,
    evidence_due_at: told.evidenceDueAt,
    looked_at: now,
  };
  if (row) await trx.updateTable("dispute").set(values).where("id", "=", row.id).execute();
  else {
    await trx
      .insertInto("dispute")
      .values({ id: known.id, stripe_dispute: told.id, sale_id: saleId, created_at: now, ...values })
      .execute();
  }
  // It begins, or an inquiry has become a dispute: what answers it is gathered at once, and the treasurers are told.
  if ((state === "inquiry" || state === "open") && state !== row?.state) {
    await enqueue(trx, house, "gather-evidence", { disputeId: known.id });
    await enqueue(trx, house, "send-dispute-opened", { disputeId: known.id });
  }
  if (isOver || taken === null) return;
  const suspense = accounts.suspense(told.id);
  if (known.withdrawn === null) {
    const fee = sum(withdrawn.map((each) => each.fee));
    await post(trx, house, {
      key: `dispute_withdrawn:${known.id}`,
      kind: "dispute_withdrawn",
      saleId,
      stripeObject: told.id,
      postings: [
        { account: suspense, amount: taken },
        { account: accounts.loss("dispute_fees"), amount: fee },
        { account: accounts.stripe, amount: -taken - fee },
      ],
    });
    await giveUpUncalled(trx, house, saleId);
  }
  if (state === "won") {
    const back = sum(returned.map((each) => each.amount));
    const fee = sum(returned.map((each) => each.fee));
    await post(trx, house, {
      key: `dispute_reinstated:${known.id}`,
      kind: "dispute_reinstated",
      saleId,
      stripeObject: told.id,
      postings: [
        { account: accounts.stripe, amount: back - fee },
        { account: accounts.loss("dispute_fees"), amount: fee },
        { account: suspense, amount: -taken },
        // Between two currencies, not as much may come back as was taken.
        { account: accounts.loss("dispute_losses"), amount: taken - back },
      ],
    });
  }
  if (state === "lost") {
    await takeFromSale(trx, house, sale, {
      cause: { disputeId: known.id },
      amount: taken,
      lineIds: null,
      paidFrom: suspense,
      loss: accounts.loss("dispute_losses"),
      entry: { key: `dispute_lost:${known.id}`, kind: "dispute_lost", stripeObject: told.id },
    });
    if (sale.tax_calculation !== null) await enqueue(trx, house, "record-taxes", { saleId });
  }
  // What was frozen is sent, as far as it is still owed.
  if (state !== "open") await enqueue(trx, house, "send-parts", { saleId });
}

/** By what moved: won once the money is back, lost once the parts are known that it is taken from, open until then. */
function stateOf(told: Dispute, sale: Sale, taken: Amount | null, isBack: boolean): string {
  // Just opened, and the money not gone yet: as long as nothing moved, it is no more than an inquiry.
  if (taken === null) return /^(warning_closed|won|lost|prevented)$/.test(told.status) ? "closed" : "inquiry";
  if (isBack) return "won";
  return told.status === "lost" && sale.split_at ? "lost" : "open";
}
