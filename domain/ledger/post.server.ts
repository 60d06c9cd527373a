import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
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
 * balance. The same key with the same contents changes nothing; with other contents it throws `LedgerConflict`. All of it is done by
 * the database's own function `post_entry` (one round trip), which the application may call where it may not write: nothing enters
 * beside it, whatever is written here. Returns whether the entry is new.
 */
export async function post(
  trx: Transaction<DB>,
  { clock }: Pick<House, "clock">,
  { key, kind, saleId, stripeObject, postings }: Entry,
): Promise<boolean> {
  try {
    const { rows } = await sql<{ entered: boolean }>`
      select post_entry(${v7()}, ${key}, ${kind}, ${saleId ?? null}, ${stripeObject ?? null}, ${settlementCurrency},
        ${clock.now()}, ${postings.map((posting) => posting.account)}, ${postings.map((posting) => posting.amount)}) as entered`.execute(
      trx,
    );
    return rows[0]!.entered;
  } catch (error) {
    if ((error as { code?: unknown }).code === conflict) throw new LedgerConflict((error as Error).message);
    throw error;
  }
}

/** The code by which `post_entry` says that the key is known with other contents. */
const conflict = "VC409";
