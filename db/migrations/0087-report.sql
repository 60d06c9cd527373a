-- Somebody says that a work should not be in the shop, as it is or at all. The desk of its co-op answers; the artist is told and may
-- appeal. Every step is a row, with when and who; the report itself holds where it stands.
create table report (
  id uuid primary key,
  work_id uuid not null references work,
  coop_id uuid not null references coop,
  reason text not null check (reason in ('rights', 'illegal', 'harm', 'privacy', 'wrong', 'other')),
  words text not null check (words <> ''),
  email text,                                    -- of who reports, if they wish to be told; the artist never sees it
  locale text not null check (locale in ('fr', 'en')),
  made_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'noticed', 'appealed', 'kept', 'removed')),
  state_at timestamptz not null,
  -- The desk took the work out of the shop because of this report; null once it is back, or was never out.
  unlisted_at timestamptz,
  unlisted_by uuid references person
);
create index report_coop on report (coop_id, state, made_at);
create index report_work on report (work_id);

create table report_step (
  id uuid primary key,
  report_id uuid not null references report,
  kind text not null check (kind in ('notice', 'appeal', 'kept', 'removed')),
  words text not null default '',
  unlisted boolean not null default false,       -- with this step the work left the shop
  at timestamptz not null,
  person_id uuid not null references person
);
create index report_step_report on report_step (report_id, at);
