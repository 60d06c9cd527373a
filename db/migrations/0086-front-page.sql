-- The front page as the staff compose it. What is shown is never changed: a draft beside it takes its place when somebody shows it, so
-- that each page that was ever shown can be read again, with who and when. Shown without a section: the page that nobody composed.
create table front_page (
  id uuid primary key,
  made_at timestamptz not null,
  made_by uuid not null references person,
  shown_at timestamptz,                          -- null: the draft
  shown_by uuid references person,
  check ((shown_at is null) = (shown_by is null))
);
-- One draft for the house, which all who may compose share.
create unique index front_page_draft on front_page ((true)) where shown_at is null;
create index front_page_shown on front_page (shown_at desc) where shown_at is not null;

create table front_section (
  id uuid primary key,
  front_page_id uuid not null references front_page on delete cascade,
  position smallint not null,
  kind text not null check (kind in ('newest', 'books', 'albums', 'coops', 'collection', 'pick', 'coop')),
  collection_id uuid references collection on delete cascade,
  work_id uuid references work,
  coop_id uuid references coop,
  words jsonb not null default '{}',             -- {fr, en}: the sentence about a work that somebody picked
  unique (front_page_id, position),
  check ((kind = 'collection') = (collection_id is not null)),
  check ((kind = 'pick') = (work_id is not null)),
  check ((kind = 'coop') = (coop_id is not null))
);

create trigger front_page_on_public_pages after insert or update on front_page for each row
  when (new.shown_at is not null) execute function public_page_changed();
