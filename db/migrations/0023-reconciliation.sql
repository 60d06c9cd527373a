-- What Stripe moved on the platform's balance, read from its own list, and the entry that says it in the books.
create table balance_transaction (
  id text primary key,                           -- Stripe's
  type text not null,
  category text not null,                        -- finer than the type: Stripe's reporting category
  source text,
  description text,
  amount bigint not null,
  fee bigint not null,
  net bigint not null,                           -- what the balance changed by
  currency text not null,
  created_at timestamptz not null,               -- at Stripe
  available_at timestamptz not null,
  payout text,                                   -- of the platform to its bank, which brought it there
  before_books boolean not null,                 -- of a time before the books began: a payout may still list it
  entry_kind text,                               -- of the entry that should say it; null: no verb of ours moves money like this
  entry_object text not null,                    -- what that entry names at Stripe
  entry_id uuid references entry,
  explained_at timestamptz,
  asked_at timestamptz,                          -- when the verb that should have written the entry was last called
  seen_at timestamptz not null
);
create index balance_transaction_object on balance_transaction (entry_object);
create index balance_transaction_open on balance_transaction (created_at) where entry_id is null and not before_books;
create index balance_transaction_payout on balance_transaction (payout, created_at) where payout is not null;

-- How far Stripe's list was read, and what its account held before our first movement. One row.
create table stripe_reading (
  one boolean primary key default true check (one),
  read_from timestamptz not null,
  read_until timestamptz,
  opening bigint,
  opening_at timestamptz
);

-- A payout of the platform's balance to the bank of the co-op that owns it.
create table bank_payout (
  id text primary key,                           -- Stripe's
  amount bigint not null,
  currency text not null,
  state text not null check (state in ('pending', 'in_transit', 'paid', 'failed', 'canceled')),
  automatic boolean not null,                    -- one asked by hand is not made of certain transactions: it cannot be added up
  created_at timestamptz not null,
  arrives_at timestamptz not null,
  failure text,
  listed integer,                                -- how many balance transactions Stripe says that it brought,
  listed_net bigint,                             -- and what they come to
  added_up_at timestamptz,
  looked_at timestamptz not null
);
create index bank_payout_latest on bank_payout (created_at desc);

-- One comparison of the books with Stripe.
create table reconciliation (
  id uuid primary key,
  asked_at timestamptz not null,
  asked_by uuid references person,               -- null: the schedule
  started_at timestamptz,
  ended_at timestamptz,
  seen integer,                                  -- transactions read that were not known
  explained integer,                             -- of which an entry was found in this run
  difference bigint                              -- at its end, between Stripe and the books; null: not known yet
);
create index reconciliation_latest on reconciliation (asked_at desc);

-- What does not agree, until it does or a person has said what it is. Told once.
create table difference (
  id uuid primary key,
  kind text not null check (kind in ('unexplained', 'not_at_stripe', 'payout_differs')),
  about text not null,                           -- the movement, the entry or the payout: one difference for each
  balance_transaction text references balance_transaction,
  entry_id uuid references entry,
  payout text references bank_payout,
  amount bigint not null,                        -- Stripe's less ours
  currency text not null,
  held bigint not null default 0,                -- what was posted on `stripe` for it so far,
  holds integer not null default 0,              -- in so many entries,
  account text,                                  -- against this account: suspense, or the one that a person named
  found_at timestamptz not null,
  told_in uuid references reconciliation,
  closed_at timestamptz,
  closed_because text check (closed_because in ('entry_found', 'found_at_stripe', 'adds_up', 'explained')),
  closed_by uuid references person,
  reason text,
  unique (kind, about)
);
create index difference_open on difference (found_at) where closed_at is null;
create index difference_untold on difference (id) where told_in is null;
