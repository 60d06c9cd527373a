-- Works sold together at one price, of one co-op or of several: it takes effect wherever all of them are in a cart. Each line is then
-- sold at its part of that price, and shared by its own rule and shares.
create table bundle (
  id uuid primary key,
  coop_id uuid not null references coop,         -- whose desk made it
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null check (title <> ''),
  about text not null default '',
  price integer not null check (price between 50 and 99999999),
  currency text not null default 'cad',
  created_at timestamptz not null,
  created_by uuid references person,
  ended_at timestamptz,
  ended_by uuid references person
);
create index bundle_coop on bundle (coop_id, created_at desc);

create table bundle_work (
  bundle_id uuid not null references bundle,
  work_id uuid not null references work,
  position smallint not null,
  agreed_at timestamptz,                         -- by the desk of the work's own co-op; null: not yet, and the bundle is not sold
  agreed_by uuid references person,
  primary key (bundle_id, work_id),
  unique (bundle_id, position)
);
create index bundle_work_work on bundle_work (work_id);

-- At which bundle's price a line was sold.
alter table sale_line add column bundle_id uuid references bundle;

-- The page of a work names the bundles that it is in.
create trigger bundle_on_public_pages after insert or update or delete on bundle
  for each statement execute function public_page_changed();
create trigger bundle_work_on_public_pages after insert or update or delete on bundle_work
  for each statement execute function public_page_changed();
