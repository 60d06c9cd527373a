-- Money that goes back to a buyer. The intent is stored with its key before Stripe is called, as for a transfer.
create table refund (
  id uuid primary key,
  key text not null unique,
  sale_id uuid not null references sale,
  line_ids uuid[],                               -- null: all the lines
  amount integer not null check (amount > 0),    -- in the settlement currency
  asked_of text not null check (asked_of in ('house', 'stripe')), -- stripe: in its dashboard, and told to us afterwards
  asked_by uuid references person,
  -- asked: no answer of Stripe's yet (before the split it waits); then what Stripe says of it, or its definite refusal
  state text not null check (state in ('asked', 'pending', 'succeeded', 'failed', 'refused')),
  state_at timestamptz not null,
  attempt integer not null default 1,
  calls integer not null default 0,
  first_called_at timestamptz,
  leased_until timestamptz,
  stripe_refund text unique,
  refusal text,
  created_at timestamptz not null
);
create index refund_sale on refund (sale_id);
create index refund_unfinished on refund (state_at) where state in ('asked', 'pending');

-- Stripe told of a refund or a dispute before the sale was split: the split looks at once.
alter table sale add column money_back_told_at timestamptz;
