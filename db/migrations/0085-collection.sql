-- A selection that the staff of a co-op makes of the works of the shop, its own and others': in an order, with words in both tongues.
create table collection (
  id uuid primary key,
  coop_id uuid not null references coop,         -- whose desk keeps it
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title jsonb not null check (title ->> 'fr' <> ''),  -- {fr, en}
  about jsonb not null default '{}',
  created_at timestamptz not null,
  created_by uuid not null references person,
  changed_at timestamptz not null,
  changed_by uuid not null references person,
  published_at timestamptz,                      -- null: seen at the desk alone
  published_by uuid references person,
  check ((published_at is null) = (published_by is null))
);
create index collection_coop on collection (coop_id, created_at desc);

create table collection_work (
  collection_id uuid not null references collection on delete cascade,
  work_id uuid not null references work,
  position smallint not null,
  primary key (collection_id, work_id),
  unique (collection_id, position)
);
create index collection_work_work on collection_work (work_id);

-- Its works change with its own row (`changed_at`), in one transaction. A draft wakes nobody.
create trigger collection_on_public_pages after update on collection for each row
  when (old.published_at is not null or new.published_at is not null) execute function public_page_changed();
