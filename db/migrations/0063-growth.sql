-- What a million past sales would make slow. Each was found by tests/benchmarks/growth.ts.

-- What was posted on each account until the end of a month that is over, carried forward from month to month, so that balances and openings
-- are not summed from the first day of the house. Derived from the books alone, where nothing of a past month ever changes.
create table account_carried (
  until timestamptz not null,                    -- the first instant that is not counted: midnight in UTC
  account text not null,                         -- `clearing/…` only where it is open at that instant
  debit bigint not null,
  credit bigint not null,
  postings bigint not null,
  primary key (until, account)
);
create trigger account_carried_no_change before update or delete on account_carried for each row execute function ledger_refuses_change();
create trigger account_carried_no_truncate before truncate on account_carried execute function ledger_refuses_change();

-- A receipt's number, and the beginning of an address, are looked for among all sales.
create unique index sale_number on sale (number);
create index sale_email_beginning on sale (email text_pattern_ops);
-- The office's alarms: each is about few, and was looked for from all that the co-op ever sold.
create index transfer_stuck on transfer (id) where state = 'stuck';
create index mail_sent_refused on mail_sent (key) where refused_at is not null;
create index refund_unmade on refund (state_at) where state in ('failed', 'refused');
create index dispute_unanswered on dispute (sale_id) where state in ('open', 'inquiry');
-- And words of a title, as it was sold.
create index sale_line_title on sale_line using gin (plain(title) gin_trgm_ops);
-- What was sent to one payee, and when last.
create index transfer_destination on transfer (destination, state_at) include (amount, state);
-- Of a line, what one account got: with an index on the account alone, who sold ten thousand lines was looked up ten thousand times ten thousand.
create index split_part_account_line on split_part (account, sale_line_id);
drop index split_part_account;
