import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { House } from "../house.ts";
import { accounts } from "../ledger/account.ts";
import { postedBefore } from "../ledger/carried.server.ts";
import { type Amount, settlementCurrency } from "../money/amount.ts";
import { groupName, openGroups } from "./open-groups.server.ts";

export type Comparison = {
  /** What Stripe says that the platform has. */
  available: Amount;
  pending: Amount;
  /** What it held before the books began; null: not known yet. */
  opening: Amount | null;
  /** Account `stripe`. */
  inBooks: Amount;
  /** In the books, and on its way to Stripe's balance: sales whose fee is not known, refunds that Stripe keeps pending (negative). */
  sales: Amount;
  refunds: Amount;
  /** On Stripe's balance, and on its way to the books: what moved a moment ago, or waits to be held. */
  toCome: Amount;
  /** Stripe's less what it should be by the books; 0 where all agrees. */
  difference: Amount | null;
};

type InBooks = Omit<Comparison, "available" | "pending" | "difference">;

/** Stripe's balance now against account `stripe`, to the cent. Throws `StripeFailure` where Stripe does not answer. */
export async function compareBalances(db: Database, { stripe }: Pick<House, "stripe">): Promise<Comparison> {
  for (let tries = 1; ; tries += 1) {
    const before = await readBooks(db);
    const balance = await stripe.fetchBalance();
    const books = await readBooks(db);
    // A sale between the two would look like a difference.
    if (JSON.stringify(before) !== JSON.stringify(books) && tries < 3) continue;
    const available = balance.available[settlementCurrency] ?? 0;
    const pending = balance.pending[settlementCurrency] ?? 0;
    const { opening, inBooks, sales, refunds, toCome } = books;
    const expected = opening === null ? null : opening + inBooks - sales - refunds + toCome;
    return {
      ...books,
      available,
      pending,
      difference: expected === null ? null : available + pending - expected,
    };
  }
}

async function readBooks(db: Database): Promise<InBooks> {
  const { rows } = await sql<InBooks>`
    select (select opening from stripe_reading) as opening,
      (select coalesce(sum(debit - credit), 0)::bigint
        from ${postedBefore(sql`'infinity'::timestamptz`, sql<boolean>`account = ${accounts.stripe}`)} as posted) as "inBooks",
      (select coalesce(sum(posting.amount), 0)::bigint from sale
        join entry on entry.sale_id = sale.id and entry.kind = 'sale'
        join posting on posting.entry_id = entry.id and posting.account = ${accounts.stripe}
        where sale.state = 'paid' and sale.split_at is null and not exists (select from balance_transaction as moved
          where moved.entry_object = sale.stripe_charge and moved.entry_kind = 'split')) as sales,
      (select coalesce(sum(posting.amount), 0)::bigint from refund
        join entry on entry.key = 'refund:' || refund.id
        join posting on posting.entry_id = entry.id and posting.account = ${accounts.stripe}
        where refund.state = 'pending' and not exists (select from balance_transaction as moved
          where moved.entry_object = refund.stripe_refund and moved.entry_kind = 'refund')) as refunds,
      (select coalesce(sum(open_group.net - open_group.booked - coalesce(known.held, 0)), 0)::bigint from ${openGroups} as open_group
        left join difference as known on known.kind = 'unexplained' and known.about = ${groupName}) as "toCome"`.execute(
    db,
  );
  return rows[0]!;
}
