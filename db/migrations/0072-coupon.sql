-- A code that takes something off what is bought: a percentage or an amount, of the works of one co-op (`member_id` null) or of one
-- artist, all or those chosen. Once made it does not change; it can be stopped.
create table coupon (
  id uuid primary key,
  coop_id uuid not null references coop,
  member_id uuid references member,
  code text not null unique check (code ~ '^[A-Z0-9][A-Z0-9-]{2,23}$'),
  bp integer check (bp between 1 and 10000),
  amount integer check (amount between 1 and 99999999),
  currency text not null default 'cad',
  starts_at timestamptz not null,
  ends_at timestamptz,
  most_uses integer check (most_uses > 0),       -- by all buyers together
  most_each integer check (most_each > 0),       -- by one address
  stopped_at timestamptz,
  stopped_by uuid references person,
  created_by uuid references person,
  created_at timestamptz not null,
  check (num_nonnulls(bp, amount) = 1),
  check (ends_at > starts_at)
);
create index coupon_coop on coupon (coop_id, created_at desc);

-- The works that it is for; none: all of whose it is.
create table coupon_work (
  coupon_id uuid not null references coupon,
  work_id uuid not null references work,
  primary key (coupon_id, work_id)
);

-- A use is a sale that is not expired: what is reserved while somebody pays is free again when they do not, and nothing is counted twice.
alter table sale add column coupon_id uuid references coupon;
create index sale_coupon on sale (coupon_id, email) where coupon_id is not null;
