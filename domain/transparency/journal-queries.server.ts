import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { Amount } from "../money/amount.ts";
import { nameOf, seenFrom } from "./books-queries.server.ts";
import { elsewhere } from "./elsewhere.ts";
import { within } from "./line-movement.server.ts";
import type { Period } from "./statement-period.ts";
import type { After } from "./statement-queries.server.ts";

/** One posting of the journal; `account` is `elsewhere` for all that is not this co-op's to see of an entry. */
export type JournalRow = {
  entryNumber: number;
  key: string;
  kind: string;
  postedAt: Date;
  saleNumber: number | null;
  currency: string;
  account: string;
  /** Of the member, co-op, work, or the number of a receipt. */
  name: string | null;
  /** Debit positive. */
  amount: Amount;
};

/**
 * The postings of a period in the order of the entries: those of the next `entries` entries, whole, and where to go on (null: that
 * was all). Each posting comes once and each entry sums to zero. null for who does not keep the books of this co-op.
 */
export async function journalOf(
  db: Database,
  { personId, coopId, period }: { personId: string; coopId: string; period: Period },
  { after, entries }: { after: After | null; entries: number },
): Promise<{ rows: JournalRow[]; next: After | null } | null> {
  const seen = await seenFrom(db, personId, coopId);
  if (!seen) return null;
  const from = after
    ? sql`(entry.posted_at, entry.number) > (${after.postedAt}::timestamptz, ${after.entryNumber}::bigint)`
    : sql`true`;
  const { rows } = await sql<JournalRow>`
    with chosen as (
      select entry.* from entry where ${within(period)} and ${from}
        and ${seen.whole ? sql`true` : sql`exists (select from posting where posting.entry_id = entry.id and ${seen.theirs})`}
      order by entry.posted_at, entry.number limit ${entries})
    select chosen.number as "entryNumber", chosen.key, chosen.kind, chosen.posted_at as "postedAt", chosen.currency,
      (select sale.number from sale where sale.id = chosen.sale_id) as "saleNumber",
      p.account, ${nameOf(sql`p.account`)} as name, p.amount
    from chosen cross join lateral (
      select account, amount from posting where entry_id = chosen.id and ${seen.theirs}
      union all select ${elsewhere}, sum(amount)::bigint from posting where entry_id = chosen.id and not ${seen.theirs}
        having sum(amount) <> 0) as p
    order by chosen.posted_at, chosen.number, p.account = ${elsewhere}, p.amount desc, p.account`.execute(db);
  const last = rows.at(-1);
  const full = new Set(rows.map((row) => row.entryNumber)).size === entries;
  return { rows, next: last && full ? { postedAt: last.postedAt, entryNumber: last.entryNumber } : null };
}
