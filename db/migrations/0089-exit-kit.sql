-- All that is an artist's, made into one file when they ask for it; the file goes after a week.
create table exit_kit (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  locale text not null check (locale in ('fr', 'en')),
  asked_at timestamptz not null,
  made_at timestamptz,
  bytes bigint check (bytes > 0),
  gone_at timestamptz,
  check ((made_at is null) = (bytes is null))
);
create index exit_kit_person on exit_kit (person_id, asked_at desc);
