import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import { prepared } from "#db/prepared.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { type Amount, settlementCurrency } from "../money/amount.ts";

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
    | "write_off"
    | "stripe_fee"
    | "remittance";
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
 * The one door by which anything enters the books: entries of one instant, all or none. Amounts on the same account of an entry are
 * summed and zeros left out; each entry must balance. The same key with the same contents changes nothing; with other contents it throws
 * `LedgerConflict`. All of it is done by the database's own function `post_entries` (one round trip), which the application may call
 * where it may not write: nothing enters beside it, whatever is written here. Returns the keys of the entries that are new.
 */
export async function postAll(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  entries: readonly Entry[],
): Promise<Set<string>> {
  if (entries.length === 0) return new Set();
  const of = <T>(read: (entry: Entry) => T) => entries.map(read);
  const legs = entries.flatMap(({ postings }, i) =>
    postings.map((posting) => ({ ...posting, entry: i + 1 })),
  );
  try {
    const { rows } = await sql<{ entered: string[] }>`${prepared}
      select post_entries(${of(() => v7())}, ${of(({ key }) => key)}, ${of(({ kind }) => kind)},
        ${of(({ saleId }) => saleId ?? null)}, ${of(({ stripeObject }) => stripeObject ?? null)}, ${settlementCurrency},
        ${clock.now()}, ${legs.map(({ entry }) => entry)}, ${legs.map(({ account }) => account)},
        ${legs.map(({ amount }) => amount)}) as entered`.execute(trx);
    return new Set(rows[0]!.entered);
  } catch (error) {
    if ((error as { code?: unknown }).code === conflict) throw new LedgerConflict((error as Error).message);
    throw error;
  }
}

/** The same for one entry. Returns whether it is new. */
export async function post(
  trx: Transaction<DB>,
  house: Pick<House, "clock">,
  entry: Entry,
): Promise<boolean> {
  return (await postAll(trx, house, [entry])).size > 0;
}

/** The code by which `post_entries` says that the key is known with other contents. */
const conflict = "VC409";
