import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { accounts } from "../ledger/account.ts";
import { type Entry, postAll } from "../ledger/post.server.ts";
import { type Amount, settlementCurrency } from "../money/amount.ts";

const atOnce = 500;

/**
 * What Stripe takes from the platform's balance by itself (monthly, Connect and Radar fees, exchange, what networks ask, and the taxes on
 * them) is a cost of the house, borne by no sale and no member: entry `stripe_fee`, one for each movement that Stripe lists, the same with
 * opposite signs where it gives one back. The list itself is the proof: there is nothing more to ask. Run again, it finds them done.
 */
export async function recordStripeFees(db: Database, house: Pick<House, "clock">): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ id: string; category: string; net: Amount }>`
      select id, category, net from balance_transaction as moved
      where entry_kind = 'stripe_fee' and entry_id is null and not before_books and currency = ${settlementCurrency} and net <> 0
        and not exists (select from entry where entry.kind = 'stripe_fee' and entry.stripe_object = moved.id)
      order by created_at, id limit ${atOnce}`.execute(db);
    if (rows.length === 0) return;
    await inTransaction(db, (trx) => postAll(trx, house, rows.map(feeEntry)));
  }
}

/** Of a tax on fees, a co-op that is registered may ask back: it has an account of its own. */
function feeEntry({ id, category, net }: { id: string; category: string; net: Amount }): Entry {
  return {
    key: `stripe_fee:${id}`,
    kind: "stripe_fee",
    stripeObject: id,
    postings: [
      { account: accounts.cost(category === "tax" ? "stripe_fee_taxes" : "stripe_fees"), amount: -net },
      { account: accounts.stripe, amount: net },
    ],
  };
}
