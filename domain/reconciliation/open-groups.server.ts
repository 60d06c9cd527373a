import { type RawBuilder, sql } from "kysely";
import { accounts } from "../ledger/account.ts";
import { settlementCurrency } from "../money/amount.ts";

/**
 * The movements at Stripe whose entry is not known yet, those that one entry should say taken together (the money of a dispute may
 * leave in two), with what the books have of them so far:
 * `net` moved at Stripe, `booked` on account `stripe` by the entries that should say it (of a charge `sale` and `split`), and
 * `entry_id`, the last of these; null while it is missing. In the currency of the books. A subquery, to be named where it is used.
 */
export const openGroups: RawBuilder<unknown> = sql`(
  select open.entry_kind, open.entry_object, moved.net, coalesce(booked.amount, 0)::bigint as booked, whole.id as entry_id
  from (select distinct entry_kind, entry_object from balance_transaction
    where entry_id is null and not before_books and currency = ${settlementCurrency}) as open
  cross join lateral (select sum(each.net)::bigint as net from balance_transaction as each
    where each.entry_object = open.entry_object and each.entry_kind is not distinct from open.entry_kind
      and not each.before_books and each.currency = ${settlementCurrency}) as moved
  cross join lateral (select sum(posting.amount) as amount from entry
      left join posting on posting.entry_id = entry.id and posting.account = ${accounts.stripe}
    where entry.stripe_object = open.entry_object
      and entry.kind = any (case open.entry_kind when 'split' then array['sale', 'split'] else array[open.entry_kind] end)) as booked
  left join entry as whole on whole.kind = open.entry_kind and whole.stripe_object = open.entry_object)`;

/** By which difference a group is known: the movement itself where it is alone, else what it is about. */
export const groupName: RawBuilder<string> = sql<string>`
  case when open_group.entry_kind is null then open_group.entry_object
    else open_group.entry_kind || ' ' || open_group.entry_object end`;
