import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import { type BankPayout, StripeFailure } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
import { accounts } from "../ledger/account.ts";
import { post } from "../ledger/post.server.ts";
import { settlementCurrency } from "../money/amount.ts";
import { keepTransactions } from "./keep-transactions.server.ts";
import { whereWeAre } from "./read-transactions.server.ts";

/**
 * Asks Stripe how a payout to the platform's bank stands, and writes it down: entry `payout` from the moment that it has left the
 * balance, the same with opposite signs where it came back. Once Stripe says of what it is made, that is listed and added up. A payout
 * of another account (a member's own), or of a time before the books began, is nothing of ours.
 */
export async function followPayout(
  db: Database,
  house: Pick<House, "clock" | "stripe">,
  { payoutId }: { payoutId: string },
): Promise<void> {
  const told = await fetchOurs(house, payoutId);
  const { readFrom } = await whereWeAre(db);
  if (!told || readFrom === null || told.createdAt < readFrom) return;
  await inTransaction(db, (trx) => keep(trx, house, told));
  const { rows } = await sql<{ done: boolean }>`
    select added_up_at is not null and not exists (select from difference
      where difference.payout = bank_payout.id and closed_at is null) as done
    from bank_payout where id = ${payoutId}`.execute(db);
  if (told.automatic && told.listed && !rows[0]?.done) await addUp(db, house, told, readFrom);
}

async function fetchOurs({ stripe }: Pick<House, "stripe">, payoutId: string): Promise<BankPayout | null> {
  try {
    return await stripe.fetchPayout(payoutId);
  } catch (error) {
    if (error instanceof StripeFailure && error.code === "resource_missing") return null;
    throw error;
  }
}

async function keep(trx: Transaction<DB>, house: Pick<House, "clock">, told: BankPayout): Promise<void> {
  const how = {
    state: told.state,
    arrives_at: told.arrivesAt,
    failure: told.failure,
    looked_at: house.clock.now(),
  };
  await trx
    .insertInto("bank_payout")
    .values({
      id: told.id,
      amount: told.amount,
      currency: told.currency,
      automatic: told.automatic,
      created_at: told.createdAt,
      ...how,
    })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(how))
    .execute();
  // Stripe keeps a balance for each currency; the books are in one.
  if (told.currency !== settlementCurrency) return;
  const move = (key: string, stripeObject: string, amount: number) =>
    post(trx, house, {
      key,
      kind: "payout",
      stripeObject,
      postings: [
        { account: accounts.bank, amount },
        { account: accounts.stripe, amount: -amount },
      ],
    });
  if (told.balanceTransactionId) await move(`payout:${told.id}`, told.id, told.amount);
  if (told.returnTransactionId)
    await move(`payout_returned:${told.id}`, told.returnTransactionId, -told.amount);
}

/** What Stripe says that it brought, listed by another way than the rest, and so a check of that reading too. */
async function addUp(
  db: Database,
  house: Pick<House, "clock" | "stripe">,
  told: BankPayout,
  readFrom: Date,
): Promise<void> {
  for await (const page of house.stripe.pagesOfBalanceTransactions({ payoutId: told.id })) {
    await keepTransactions(db, house, page, { readFrom, payout: told.id });
  }
  const now = house.clock.now();
  await inTransaction(db, async (trx) => {
    // Its own movements are in the list as well: they take from the balance what the others brought.
    const { rows } = await sql<{ net: number }>`
      update bank_payout set listed = made.listed, listed_net = made.net, added_up_at = ${now}
      from (select count(*)::integer as listed, coalesce(sum(net), 0)::bigint as net from balance_transaction
        where payout = ${told.id} and source is distinct from ${told.id}) as made
      where id = ${told.id} returning made.net`.execute(trx);
    const missing = (rows[0]?.net ?? 0) - told.amount;
    if (missing === 0) {
      await trx
        .updateTable("difference")
        .set({ closed_at: now, closed_because: "adds_up" })
        .where("payout", "=", told.id)
        .where("closed_at", "is", null)
        .execute();
      return;
    }
    await trx
      .insertInto("difference")
      .values({
        id: v7(),
        kind: "payout_differs",
        about: told.id,
        payout: told.id,
        amount: missing,
        currency: told.currency,
        found_at: now,
      })
      .onConflict((conflict) => conflict.columns(["kind", "about"]).doUpdateSet({ amount: missing }))
      .execute();
  });
}
