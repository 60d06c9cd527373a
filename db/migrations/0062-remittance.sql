-- What is unclaimed leaves the house for the State; and a debt that was written off may turn out never to have been owed.

-- Handed over to the State, for a member who cannot be found: they ask it there from then on.
create table remittance (
  id uuid primary key,
  member_id uuid not null references member,
  amount bigint not null check (amount > 0),
  authority text not null check (authority = btrim(authority) and authority <> ''),  -- who received it
  paid_on date not null,
  reference text not null check (reference = btrim(reference) and reference <> ''),  -- what proves it
  recorded_by uuid references person,
  recorded_at timestamptz not null,
  undone_by uuid references person,
  undone_at timestamptz,                         -- it came back: set aside again
  undone_reason text,
  check ((undone_at is null) = (undone_reason is null))
);
create unique index remittance_once on remittance (member_id, paid_on, reference) where undone_at is null;
alter table unclaimed_amount add column remittance_id uuid references remittance
  check (remittance_id is null or reclaimed_at is null);
create index unclaimed_amount_remittance on unclaimed_amount (remittance_id) where remittance_id is not null;

-- The refund that had left the debt failed afterwards: so much of the loss was none.
create table write_off_undone (
  id uuid primary key,
  write_off_id uuid not null references write_off,
  refund_id uuid not null references refund,
  amount bigint not null check (amount > 0),
  undone_at timestamptz not null,
  unique (write_off_id, refund_id)
);

-- Fees that Stripe takes from the balance by itself have an entry of their own from now on. What is held in suspense already stays for
-- a person to explain.
update balance_transaction set entry_kind = 'stripe_fee'
where category in ('fee', 'tax', 'network_cost') and entry_kind is null and entry_id is null and not before_books and currency = 'cad'
  and not exists (select from difference where difference.kind = 'unexplained' and difference.about = balance_transaction.id);
