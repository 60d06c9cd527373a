import { createHash } from "node:crypto";
import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { type Amount, settlementCurrency, sum } from "../money/amount.ts";

/** Debit positive, credit negative. */
export type Posting = { account: string; amount: Amount };

export type Entry = {
  /** Unique for ever: the same fact posted again is found by it. */
  key: string;
  kind:
    | "sale"
    | "split"
    | "transfer"
    | "refund"
    | "refund_failed"
    | "reversal"
    | "dispute_withdrawn"
    | "dispute_reinstated"
    | "dispute_lost"
    | "payout"
    | "unexplained"
    | "ristourne"
    | "unclaimed"
    | "outside_payment"
    | "write_off";
  saleId?: string;
  /** What moved at Stripe: at most one entry of each kind for one object. */
  stripeObject?: string;
  postings: readonly Posting[];
};

/** A key came back with other contents: a fact was told in two ways, and a person must look. */
export class LedgerConflict extends Error {
  override readonly name = "LedgerConflict";
}

/**
 * The one door by which anything enters the books. Amounts on the same account are summed and zeros left out; the entry must
 * balance. The same key with the same contents changes nothing; with other contents it throws `LedgerConflict`. The database
 * refuses by itself unbalanced entries, late postings, updates and deletions. Returns whether the entry is new.
 */
export async function post(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  { key, kind, saleId, stripeObject, postings }: Entry,
): Promise<boolean> {
  const merged = merge(postings);
  if (merged.length < 2 || sum(merged.map((posting) => posting.amount)) !== 0) {
    throw new Error(`entry ${key} does not balance: ${JSON.stringify(merged)}`);
  }
  const hash = createHash("sha256")
    .update(JSON.stringify([kind, saleId ?? null, stripeObject ?? null, settlementCurrency, merged]))
    .digest();
  const id = v7();
  const entered = await trx
    .insertInto("entry")
    .values({
      id,
      key,
      kind,
      sale_id: saleId ?? null,
      stripe_object: stripeObject ?? null,
      currency: settlementCurrency,
      contents_hash: hash,
      posted_at: clock.now(),
    })
    .onConflict((conflict) => conflict.column("key").doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!entered) {
    const known = await trx
      .selectFrom("entry")
      .select("contents_hash")
      .where("key", "=", key)
      .executeTakeFirst();
    if (!known?.contents_hash.equals(hash))
      throw new LedgerConflict(`entry ${key} is posted with other contents`);
    return false;
  }
  await sql`insert into posting (entry_id, account, amount)
    select ${id}::uuid, account, amount from unnest(
      ${merged.map((posting) => posting.account)}::text[], ${merged.map((posting) => posting.amount)}::bigint[]
    ) as given (account, amount)`.execute(trx);
  return true;
}

/** In the order of the accounts' names, so that the same contents have the same hash however they were listed. */
function merge(postings: readonly Posting[]): Posting[] {
  const byAccount = new Map<string, Amount>();
  for (const { account, amount } of postings) byAccount.set(account, (byAccount.get(account) ?? 0) + amount);
  return [...byAccount]
    .filter(([, amount]) => amount !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, amount]) => ({ account, amount }));
}
