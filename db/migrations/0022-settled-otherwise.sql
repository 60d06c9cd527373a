-- What is owed to a member and is settled otherwise than by a transfer; and what a member owes and will not be asked for any more.

-- The co-op paid, outside of Stripe.
create table outside_payment (
  id uuid primary key,
  member_id uuid not null references member,
  amount bigint not null check (amount > 0),
  paid_on date not null,
  reference text not null check (reference = btrim(reference) and reference <> ''),  -- what proves it
  recorded_by uuid references person,
  recorded_at timestamptz not null,
  unique (member_id, paid_on, reference)         -- the same proof is the same payment
);

-- Owed for three years to a member who cannot be found: set aside to hand over to the State, and still theirs.
create table unclaimed_amount (
  id uuid primary key,
  member_id uuid not null references member,
  amount bigint not null check (amount > 0),
  notice_on date not null,                       -- when the notice was given that the law asks
  set_aside_by uuid references person,
  set_aside_at timestamptz not null,
  reclaimed_by uuid references person,
  reclaimed_at timestamptz                       -- the member came back
);
create index unclaimed_amount_member on unclaimed_amount (member_id, set_aside_at);

-- The parts of sales that these settled: no transfer brings them any more. What comes of no sale (a ristourne) has no row here.
create table settled_part (
  outside_payment_id uuid references outside_payment,
  unclaimed_amount_id uuid references unclaimed_amount,
  sale_id uuid not null references sale,
  account text not null,
  amount integer not null check (amount > 0),
  undone_at timestamptz,                         -- reclaimed: owed again
  check ((outside_payment_id is null) <> (unclaimed_amount_id is null)),
  unique nulls not distinct (outside_payment_id, unclaimed_amount_id, sale_id, account)
);
create index settled_part_sale on settled_part (sale_id, account);

-- A debt that the co-op takes on itself, after money went back to buyers.
create table write_off (
  id uuid primary key,
  coop_id uuid not null references coop,
  member_id uuid not null references member,
  amount bigint not null check (amount > 0),
  reason text not null check (reason = btrim(reason) and reason <> ''),
  decided_by uuid references person,
  decided_at timestamptz not null
);
create index write_off_member on write_off (member_id, decided_at);
