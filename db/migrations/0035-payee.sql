-- Payees: where their bank is, what Stripe or their bank waits for, and what a person did about money that would not go.

-- Two letters. Money does not go by itself to every country; it is then owed, and the co-op may pay it outside.
alter table member add column bank_country text check (bank_country ~ '^[A-Z]{2}$');

alter table payout_account
  add column due_at timestamptz,                 -- until when Stripe waits for what it asks (`reason`)
  add column held_at timestamptz,                -- since when `hold`
  add column bank_payout text,                   -- the last payout of that account that its bank sent back, while no later one arrived
  add column bank_amount integer,
  add column bank_failed_at timestamptz,
  add column bank_failure text,                  -- in Stripe's words
  add column bank_looked_at timestamptz;

-- One Stripe account, one owner. Where a co-op marked an account as shared, others of its members may be paid there too.
create table shared_account (
  stripe_account text primary key,
  coop_id uuid not null references coop,
  shared_at timestamptz not null,
  shared_by uuid not null references person
);
alter table payout_account drop constraint payout_account_stripe_account_key;
alter table payout_account add column shared_account text references shared_account
  check (shared_account = stripe_account);
create unique index payout_account_one_owner on payout_account (stripe_account) where shared_account is null;
create index payout_account_stripe on payout_account (stripe_account);

-- What staff did for a payee, who and when. Entries in the books say the rest.
create table payee_act (
  id uuid primary key,
  coop_id uuid not null references coop,
  destination text not null,                     -- member:<id> or coop:<id>
  act text not null check (act in ('clear', 'retry', 'share', 'notice')),
  words text,                                    -- what was seen at Stripe, or how the notice was given
  on_day date,                                   -- of a notice
  done_by uuid not null references person,
  done_at timestamptz not null
);
create index payee_act_destination on payee_act (destination, done_at);
create index transfer_account_sent on transfer (payout_account_id, state_at) where state = 'sent';
