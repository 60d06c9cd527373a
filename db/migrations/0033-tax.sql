-- A tax may depend on the nature of the thing: in France a book and a song do not bear the same one. Null: whatever it is.
alter table tax_rate add column kind text check (kind in ('book', 'album'));
alter table tax_rate drop constraint tax_rate_code_place_in_force_from_key;
alter table tax_rate add constraint tax_rate_once unique nulls not distinct (code, place, kind, in_force_from);

-- Who reckoned the taxes of a sale: our own table, or Stripe Tax, whose calculation is pinned with them when checkout opens.
alter table sale add column tax_engine text not null default 'table' check (tax_engine in ('table', 'stripe'));
alter table sale add column tax_calculation text;
alter table sale add column tax_transaction text unique;      -- written down at Stripe Tax once paid
alter table refund add column tax_reversal text unique;       -- and what was taken back from it
alter table dispute add column tax_reversal text unique;
create index sale_tax_unrecorded on sale (paid_at) where tax_calculation is not null and tax_transaction is null and state = 'paid';
