import { type RawBuilder, sql } from "kysely";

/**
 * What was posted on each account before an instant: `account`, `debit`, `credit`, `postings`. The months that are over are carried
 * forward (`carryForward`); what came after the last of them is summed. Accounts `clearing/…` that were at 0 when a month ended are left
 * out. `only`: which accounts, of `account`. A subquery, to be named where it is used.
 */
export const postedBefore = (
  at: RawBuilder<Date>,
  only: RawBuilder<boolean> = sql<boolean>`true`,
): RawBuilder<unknown> => sql`(
  select account, sum(debit)::bigint as debit, sum(credit)::bigint as credit, sum(postings)::bigint as postings from (
    select account, debit, credit, postings from account_carried where until = ${lastCarried(at)} and ${only}
    union all
    select account, greatest(amount, 0), greatest(-amount, 0), 1 from entry ${withPostings(only)}
    where entry.posted_at < ${at} and entry.posted_at >= coalesce(${lastCarried(at)}, '-infinity')) as either
  group by account)`;

const lastCarried = (at: RawBuilder<Date>) =>
  sql`(select max(until) from account_carried where until <= ${at})`;

/**
 * Joins `posting` to `entry`, entry by entry: of a period among many years, PostgreSQL would otherwise read every posting ever made, as it
 * does not know how close together they lie (a month among a million sales: 3.2 s, and 0.3 s like this). `only`: which, of `account`.
 */
export const withPostings = (only: RawBuilder<boolean> = sql<boolean>`true`): RawBuilder<unknown> =>
  sql`cross join lateral (select account, amount from posting where posting.entry_id = entry.id and ${only} offset 0) as posting`;
