import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { postedBefore } from "../ledger/carried.server.ts";
import type { PostedEntry } from "../ledger/queries.server.ts";
import type { Amount } from "../money/amount.ts";
import { rolesFor } from "../people/permitted.server.ts";
import { elsewhere } from "./elsewhere.ts";

/** What an account is, with the name that a person knows it by: of a member, co-op, work, or the number of a receipt. */
export type NamedAccount = { account: string; name: string | null };
export type TrialRow = NamedAccount & {
  /** Sum of what was posted on each side; the balance is their difference, debit positive. */
  debit: Amount;
  credit: Amount;
  balance: Amount;
  postings: number;
};
export type Books = {
  /** The co-op that owns the platform sees every account; another one its own, and the rest as one. */
  whole: boolean;
  rows: TrialRow[];
  /** Everything that is not this co-op's to see, so that the whole still sums to 0. */
  elsewhere: Omit<TrialRow, "account" | "name"> | null;
};
export type NamedEntry = PostedEntry & { saleNumber: number | null; names: Record<string, string> };

/** What a person may see of the books of one co-op, or of all those that they keep; null where they keep none. */
export async function seenFrom(
  db: Database,
  personId: string,
  coopId: string | null,
): Promise<{ whole: boolean; theirs: RawBuilder<boolean> } | null> {
  const { rows } = await sql<{ id: string; money: "platform" | "own" }>`
    select c.id, c.money from coop c where ${coopId === null ? sql`true` : sql`c.id = ${coopId}::uuid`}
      and exists (select from coop_role r
        where r.coop_id = c.id and r.person_id = ${personId}::uuid and r.role in (${rolesFor("readMoney")}))`.execute(
    db,
  );
  if (rows.length === 0) return null;
  if (rows.some(({ money }) => money === "platform")) return { whole: true, theirs: sql<boolean>`true` };
  const coops = rows.map(({ id }) => id);
  return {
    whole: false,
    theirs: sql<boolean>`(posting.account like any(${coops.map((id) => `coop:${id}:%`)}::text[])
      or posting.account in (select 'member:' || m.id from member m where m.coop_id = any(${coops}::uuid[]))
      or posting.account in (select 'pool:' || w.id from work w where w.coop_id = any(${coops}::uuid[])))`,
  };
}

/** The name behind `account`, as a column expression. */
export const nameOf = (account: RawBuilder<unknown>) => sql<string | null>`case
  when ${account} like 'member:%' then (select m.name from member m where m.id = substring(${account} from 8)::uuid)
  when ${account} like 'coop:%' then (select c.name from coop c where c.id = split_part(${account}, ':', 2)::uuid)
  when ${account} like 'pool:%' then (select w.title from work w where w.id = substring(${account} from 6)::uuid)
  when ${account} like 'clearing/%' then (select s.number::text from sale s where s.id = substring(${account} from 10)::uuid)
  end`;

/** What we hold, what waits, what is owed to co-ops, people, works and the State, what was lost. */
export const groupOrder = [
  "stripe",
  "bank",
  "clearing",
  "suspense",
  "coop",
  "member",
  "pool",
  "tax",
  "unclaimed",
  "loss",
  "cost",
];

/** Every account with what was posted on it, closed ones too: the sums of both sides are equal, or the books are broken. */
export async function booksFor(db: Database, personId: string, coopId: string): Promise<Books | null> {
  const seen = await seenFrom(db, personId, coopId);
  if (!seen) return null;
  const { rows } = await sql<TrialRow & { own: boolean }>`
    with total as (
      select account, ${seen.theirs} as own, debit - credit as balance, postings, debit, credit
      from ${postedBefore(sql`'infinity'::timestamptz`)} as posting)
    select total.*, case when own then ${nameOf(sql`total.account`)} end as name
    from total where balance <> 0 or account not like 'clearing/%'
    order by array_position(${groupOrder}::text[], substring(account from '^[a-z]+')), name, account`.execute(
    db,
  );
  const others = rows.filter((row) => !row.own);
  const add = (of: (row: TrialRow) => number) => others.reduce((sum, row) => sum + of(row), 0);
  return {
    whole: seen.whole,
    rows: rows.filter((row) => row.own).map(({ own: _, ...row }) => row),
    elsewhere: seen.whole
      ? null
      : {
          debit: add((row) => row.debit),
          credit: add((row) => row.credit),
          balance: add((row) => row.balance),
          postings: add((row) => row.postings),
        },
  };
}

/**
 * The entries that touch what this co-op may see, or one account of it, the latest first; `before`: an entry's number. What they
 * posted on accounts of others is one posting on `elsewhere`.
 */
export async function entriesFor(
  db: Database,
  personId: string,
  coopId: string,
  { account, before, limit }: { account: string | null; before: number | null; limit: number },
): Promise<NamedEntry[] | null> {
  const seen = await seenFrom(db, personId, coopId);
  if (!seen) return null;
  return namedEntries(
    db,
    seen.theirs,
    sql`${before === null ? sql`true` : sql`entry.number < ${before}`}
      and exists (select from posting where posting.entry_id = entry.id and ${seen.theirs}
        and ${account === null ? sql`true` : sql`posting.account = ${account}`})
      order by entry.number desc limit ${limit}`,
  );
}

/** The entries of a sale that touch what this person may see, the first first; the rest of each is one posting on `elsewhere`. */
export async function namedEntriesOfSale(
  db: Database,
  personId: string,
  saleId: string,
): Promise<NamedEntry[]> {
  const seen = await seenFrom(db, personId, null);
  if (!seen) return [];
  return namedEntries(
    db,
    seen.theirs,
    sql`entry.sale_id = ${saleId}::uuid
      and exists (select from posting where posting.entry_id = entry.id and ${seen.theirs})
      order by entry.number limit 1000`,
  );
}

async function namedEntries(
  db: Database,
  theirs: RawBuilder<boolean>,
  where: RawBuilder<unknown>,
): Promise<NamedEntry[]> {
  const { rows } = await sql<NamedEntry>`
    select entry.id, entry.number, entry.key, entry.kind, entry.sale_id as "saleId", entry.posted_at as "postedAt",
      (select sale.number from sale where sale.id = entry.sale_id) as "saleNumber",
      (select json_agg(json_build_object('account', p.account, 'amount', p.amount)
          order by p.account = ${elsewhere}, p.amount desc, p.account)
        from (select account, amount from posting where entry_id = entry.id and ${theirs}
          union all select ${elsewhere}, sum(amount)::bigint from posting where entry_id = entry.id and not ${theirs}
            having sum(amount) <> 0) p) as postings,
      coalesce((select json_object_agg(posting.account, ${nameOf(sql`posting.account`)})
        from posting where posting.entry_id = entry.id and ${theirs} and ${nameOf(sql`posting.account`)} is not null),
        '{}') as names
    from entry where ${where}`.execute(db);
  return rows;
}
