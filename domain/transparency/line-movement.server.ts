import { type RawBuilder, sql } from "kysely";
import type { Amount } from "../money/amount.ts";
import { type Period, streetZone } from "./statement-period.ts";

/** What an entry moved of one line: what the buyer paid for it before tax, and where that went. They add up: gross is all the rest. */
export type LineAmounts = {
  gross: Amount;
  /** Of the card fee, what came off the line; 0 where the co-op bears it. Of money taken back, what the co-op side lost of it. */
  fee: Amount;
  operating: Amount;
  solidarity: Amount;
  reserve: Amount;
  /** To recover the work's expenses. */
  pool: Amount;
  /** To all who share in the work. */
  shares: Amount;
};

/** The entries that fall in a period, by the instant of their posting. */
export const within = (period: Period): RawBuilder<boolean> =>
  sql<boolean>`(entry.posted_at >= ${startOf(period.from)} and entry.posted_at < ${startOf(period.until)})`;

/** The first instant of a day on the street. */
export const startOf = (day: string): RawBuilder<Date> =>
  sql<Date>`(${day}::date::timestamp at time zone ${streetZone})`;

/** What is read of an entry and carried along: a join with the entries afterwards is one that PostgreSQL plans row by row. */
export const entryColumns = sql`entry.id, entry.number, entry.kind, entry.key, entry.sale_id, entry.posted_at`;

/**
 * Each line that the entries of `entries` (a name of a common table with the columns of `entryColumns`) shared or took back, with
 * the columns of `LineAmounts` and `own`, what of `shares` is of `account`. Money taken back has the opposite sign; of a refund that
 * failed, the same again. `lines`: which lines, of `line`.
 *
 * Read from what entries posted line by line (`split_part`, `taken_part`); db/checks hold these to the postings.
 */
export const lineMovements = (
  entries: RawBuilder<unknown>,
  account: string | null,
  lines: RawBuilder<boolean>,
) => sql`
  select ${entryColumns}, line.id as line_id, line.position,
    (coalesce(given.all_parts, 0) + coalesce(line.fee_part, 0))::bigint as gross,
    (coalesce(line.fee_part, 0) + coalesce(given.borne, 0))::bigint as fee,
    coalesce(given.operating, 0)::bigint as operating, coalesce(given.solidarity, 0)::bigint as solidarity,
    coalesce(given.reserve, 0)::bigint as reserve, coalesce(given.pool, 0)::bigint as pool,
    coalesce(given.shares, 0)::bigint as shares, coalesce(given.own, 0)::bigint as own
  from ${entries} as entry join sale_line as line on line.sale_id = entry.sale_id
    left join lateral (
      select sum(part.amount) as all_parts, sum(part.amount) filter (where part.stage = 'fee') as borne,
        sum(part.amount) filter (where part.stage = 'percent' and part.account like '%:operating') as operating,
        sum(part.amount) filter (where part.account like 'coop:%:solidarity') as solidarity,
        sum(part.amount) filter (where part.account like 'coop:%:reserve') as reserve,
        sum(part.amount) filter (where part.stage = 'pool') as pool,
        sum(part.amount) filter (where part.stage = 'shares') as shares,
        sum(part.amount) filter (where part.stage = 'shares' and part.account = ${account}::text) as own
      from split_part as part where part.sale_line_id = line.id) as given on true
  where entry.kind = 'split' and line.amount > 0 and ${lines}
  union all
  select ${entryColumns}, line.id, line.position, sign.of * taken.gross, sign.of * taken.fee, sign.of * taken.operating,
    sign.of * taken.solidarity, sign.of * taken.reserve, sign.of * taken.pool, sign.of * taken.shares, sign.of * taken.own
  from ${entries} as entry join sale_line as line on line.sale_id = entry.sale_id
    cross join lateral (select case entry.kind when 'refund_failed' then 1 else -1 end as of) as sign
    cross join lateral (
      select sum(part.amount) as gross, coalesce(sum(part.amount) filter (where part.kind = 'fee'), 0) as fee,
        coalesce(sum(part.amount) filter (where part.account like 'coop:%:operating'), 0) as operating,
        coalesce(sum(part.amount) filter (where part.account like 'coop:%:solidarity'), 0) as solidarity,
        coalesce(sum(part.amount) filter (where part.account like 'coop:%:reserve'), 0) as reserve,
        coalesce(sum(part.amount) filter (where part.account like 'pool:%'), 0) as pool,
        coalesce(sum(part.amount) filter (where part.account like 'member:%'), 0) as shares,
        coalesce(sum(part.amount) filter (where part.account = ${account}::text), 0) as own
      from taken_part as part where part.sale_line_id = line.id and part.kind in ('part', 'fee')
        and coalesce(part.refund_id, part.dispute_id) = substring(entry.key from '[0-9a-f-]{36}$')::uuid
    ) as taken
  where entry.kind in ('refund', 'refund_failed', 'dispute_lost') and taken.gross is not null and ${lines}`;
