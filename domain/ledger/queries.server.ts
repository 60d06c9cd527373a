import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { Amount } from "../money/amount.ts";
import { accounts, type Destination, type Fund, funds } from "./account.ts";
import type { Posting } from "./post.server.ts";

/** The balance of each account named, of members, funds or pools, debit positive; one that never moved is 0. */
export async function balances(db: Database, named: readonly string[]): Promise<Map<string, Amount>> {
  const found = new Map<string, Amount>(named.map((account) => [account, 0]));
  if (named.length === 0) return found;
  const { rows } = await sql<{ account: string; balance: Amount }>`
    select account, balance from account_balance where account = any (${[...named]})`.execute(db);
  for (const row of rows) found.set(row.account, row.balance);
  return found;
}

/** What is owed to each destination, credit positive: of a member their account, of a co-op its funds together. */
export async function creditOf(
  db: Database,
  destinations: readonly Destination[],
): Promise<Map<Destination, Amount>> {
  const owners = new Map<string, Destination>();
  for (const destination of destinations) {
    if (destination.startsWith("member:")) owners.set(destination, destination);
    else for (const fund of funds) owners.set(`${destination}:${fund}`, destination);
  }
  const credit = new Map<Destination, Amount>(destinations.map((destination) => [destination, 0]));
  for (const [account, balance] of await balances(db, [...owners.keys()])) {
    const owner = owners.get(account)!;
    credit.set(owner, credit.get(owner)! - balance);
  }
  return credit;
}

/** A co-op's funds, credit positive. */
export async function fundsOf(db: Database, coopId: string): Promise<Record<Fund, Amount>> {
  const found = await balances(
    db,
    funds.map((fund) => accounts.fund(coopId, fund)),
  );
  const inFund = (fund: Fund) => 0 - found.get(accounts.fund(coopId, fund))!;
  return { operating: inFund("operating"), solidarity: inFund("solidarity"), reserve: inFund("reserve") };
}

export type PostedEntry = {
  id: string;
  number: number;
  key: string;
  kind: string;
  saleId: string | null;
  postedAt: Date;
  postings: Posting[];
};

/** The entries of a sale in the order of their posting, each with its postings: the books behind a receipt. */
export async function entriesOfSale(db: Database, saleId: string): Promise<PostedEntry[]> {
  const { rows } = await sql<PostedEntry>`
    select entry.id, entry.number, entry.key, entry.kind, entry.sale_id as "saleId", entry.posted_at as "postedAt",
      (select json_agg(json_build_object('account', account, 'amount', amount) order by amount desc, account)
        from posting where entry_id = entry.id) as postings
    from entry where entry.sale_id = ${saleId} order by entry.number`.execute(db);
  return rows;
}
