-- What comes back from a transfer after a refund or a lost dispute: an intent with its key, then one call. A refusal is not tried
-- again: the destination owes.
create table reversal (
  id uuid primary key,
  key text not null unique,
  transfer_id uuid not null references transfer,
  sale_id uuid not null references sale,
  refund_id uuid references refund,
  dispute_id uuid references dispute,
  amount integer not null check (amount > 0),
  state text not null check (state in ('intended', 'done', 'refused')),
  state_at timestamptz not null,
  attempt integer not null default 1,
  calls integer not null default 0,
  first_called_at timestamptz,
  leased_until timestamptz,
  stripe_reversal text unique,
  refusal text,
  created_at timestamptz not null,
  check ((refund_id is null) <> (dispute_id is null))
);
create index reversal_due on reversal (state_at) where state = 'intended';
create index reversal_transfer on reversal (transfer_id);

-- Which accounts, of the transfer's parts of that sale, it brings back.
create table reversal_part (
  reversal_id uuid not null references reversal,
  account text not null,
  amount integer not null check (amount > 0),
  position smallint not null,
  primary key (reversal_id, account)
);
