-- One person under two names, one book under two records: joined by somebody's word, and parted again exactly as they were. Whoever goes
-- stays as a row: addresses lead from it to the one that was kept, and what was sold under it stays sold under it.

alter table agent add column merged_into uuid references agent check (merged_into <> id);
alter table work add column merged_into uuid references work check (merged_into <> id);
create index agent_merged on agent (merged_into) where merged_into is not null;
create index work_merged on work (merged_into) where merged_into is not null;
-- Such a work is sold no more, whatever becomes of it.
alter table work add constraint work_merged_not_sold check (merged_into is null or state = 'withdrawn');

create table agent_merge (
  id uuid primary key,
  kept_id uuid not null references agent,
  gone_id uuid not null references agent,
  moved jsonb not null,                          -- all that an undoing puts back (domain/metadata/merge-people.server.ts)
  merged_at timestamptz not null,
  merged_by uuid not null references person,
  undone_at timestamptz,
  undone_by uuid references person,
  check (kept_id <> gone_id),
  check ((undone_at is null) = (undone_by is null))
);
create unique index agent_merge_gone on agent_merge (gone_id) where undone_at is null;
create index agent_merge_kept on agent_merge (kept_id, merged_at);

-- « These are two people »: said once, and not proposed again. The smaller id first.
create table agent_apart (
  one_id uuid not null references agent,
  other_id uuid not null references agent,
  said_at timestamptz not null,
  said_by uuid references person,
  primary key (one_id, other_id),
  check (one_id < other_id)
);
create index agent_apart_other on agent_apart (other_id);

-- Numbers that files give of somebody (ISNI, ORCID…): by them the same person is known again. Nobody has confirmed them, so that no page
-- shows them and no feed tells them; the desk is offered them.
create table agent_claim (
  agent_id uuid not null references agent on delete cascade,
  scheme text not null,
  value text not null,
  primary key (agent_id, scheme, value)
);
create index agent_claim_value on agent_claim (scheme, value);

create function agent_now(agent uuid) returns uuid language sql stable parallel safe as $$
  with recursive way as (
    select a.id, a.merged_into, 1 as step from public.agent a where a.id = agent
    union all
    select a.id, a.merged_into, way.step + 1 from way join public.agent a on a.id = way.merged_into where way.step < 20)
  select id from way order by step desc limit 1
$$;

create function work_now(work uuid) returns uuid language sql stable parallel safe as $$
  with recursive way as (
    select w.id, w.merged_into, 1 as step from public.work w where w.id = work
    union all
    select w.id, w.merged_into, way.step + 1 from way join public.work w on w.id = way.merged_into where way.step < 20)
  select id from way order by step desc limit 1
$$;

-- Whether what was sold as `line` had become `former`, by one merge or several: who bought it holds the editions of both.
create function work_leads(line uuid, former uuid) returns boolean language sql stable parallel safe as $$
  with recursive way as (
    select w.id, w.merged_into, 1 as step from public.work w where w.id = line
    union all
    select w.id, w.merged_into, way.step + 1 from way join public.work w on w.id = way.merged_into where way.step < 20)
  select exists (select from way where id = former)
$$;

create table work_merge (
  id uuid primary key,
  kept_id uuid not null references work,
  gone_id uuid not null references work,
  moved jsonb not null,                          -- as above (domain/curation/merge-works.server.ts)
  merged_at timestamptz not null,
  merged_by uuid not null references person,
  undone_at timestamptz,
  undone_by uuid references person,
  check (kept_id <> gone_id),
  check ((undone_at is null) = (undone_by is null))
);
create unique index work_merge_gone on work_merge (gone_id) where undone_at is null;
create index work_merge_kept on work_merge (kept_id, merged_at);

-- How two works stand to each other. `translation`: each has its page, and names the other. `apart`: they look alike and are not the
-- same; not proposed again. The smaller id first.
create table work_tie (
  one_id uuid not null references work,
  other_id uuid not null references work,
  tie text not null check (tie in ('translation', 'apart')),
  said_at timestamptz not null,
  said_by uuid references person,
  primary key (one_id, other_id),
  check (one_id < other_id)
);
create index work_tie_other on work_tie (other_id);
create trigger work_tie_on_public_pages after insert or update or delete on work_tie
  for each statement execute function public_page_changed();

-- An edition whose format the kept work has in a newer one: sold no more, and kept for those who opened a sale of `former_of` before
-- `former_at`.
alter table edition
  add column former_of uuid references work,
  add column former_at timestamptz,
  add check ((former_of is null) = (former_at is null));
alter table edition drop constraint edition_work_id_format_key;
create unique index edition_current on edition (work_id, format) where former_of is null;
create index edition_work on edition (work_id);

-- An index is made with no search path: names inside its functions are whole.
create or replace function heading_of(words text) returns text language sql immutable strict parallel safe as $$
  select trim(regexp_replace(
    regexp_replace(
      regexp_replace(public.plain(translate(words, '’', '''')), '\s*,\s*(les?|la|l''|une?|des|the|an?)\s*$', ''),
      '[^[:alnum:]]+', ' ', 'g'),
    '^ ?(les?|la|l|une?|des|the|an?) (?=.)', ''))
$$;

-- Likenesses are looked for among a million names, titles and files.
create index asset_same_file on asset (sha256) where role = 'original' and replaced_at is null;
create index agent_name_like on agent using gin (plain(name) gin_trgm_ops);
create index work_heading on work (coop_id, left(heading_of(title), 120));
