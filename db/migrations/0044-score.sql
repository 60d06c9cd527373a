-- The score of each record, out of 100, and of the catalogue. What a score is made from says in its own transaction, here, that it is
-- due; the job `score-records` computes what is due. A way of writing a record that nobody thought of is not forgotten by it.

create table work_score (
  work_id uuid primary key references work on delete cascade,
  score smallint not null check (score between 0 and 100),
  missing jsonb not null,                        -- [{field, points, why}], as domain/metadata/score.ts gives it
  french text not null check (french in ('stated', 'presumed', 'no', 'unknown')),   -- whether French is the language it was made in
  scored_at timestamptz not null
);

create table agent_score (
  agent_id uuid primary key references agent on delete cascade,
  score smallint not null check (score between 0 and 100),
  missing jsonb not null,
  scored_at timestamptz not null
);

-- One row a day, the last of that day: what is public now, and what was before.
create table catalogue_score (
  day date primary key,
  score smallint not null check (score between 0 and 100),
  checks jsonb not null,                         -- [{check, points, of, rate, target}]
  shown jsonb not null,                          -- [{place, works, french, presumed}]: what is shown first, the whole catalogue last
  scored_at timestamptz not null
);

-- No key of its own on purpose: two who change the same record must not wait for each other here.
create table score_due (
  id bigint generated always as identity primary key,
  work_id uuid,
  agent_id uuid
);

-- When a person of a co-op last looked at what is said of somebody, and when somebody last searched the authorities and found none.
alter table agent add column confirmed_at timestamptz;
alter table agent add column searched_at timestamptz;

create function work_score_due() returns trigger language plpgsql as $$
begin
  insert into score_due (work_id) select distinct changed.work_id from changed where changed.work_id is not null;
  return null;
end $$;

create function works_own_score_due() returns trigger language plpgsql as $$
begin
  insert into score_due (work_id) select changed.id from changed;
  return null;
end $$;

create function agents_own_score_due() returns trigger language plpgsql as $$
begin
  insert into score_due (agent_id) select changed.id from changed;
  return null;
end $$;

create function contribution_score_due() returns trigger language plpgsql as $$
begin
  insert into score_due (work_id, agent_id) select distinct changed.work_id, changed.agent_id from changed;
  return null;
end $$;

create function identifier_score_due() returns trigger language plpgsql as $$
begin
  insert into score_due (work_id, agent_id)
    select distinct coalesce(changed.work_id, edition.work_id), changed.agent_id
    from changed left join edition on edition.id = changed.edition_id;
  return null;
end $$;

do $$
declare
  noun text;
  says text;
begin
  for noun, says in values
    ('work', 'works_own_score_due'), ('agent', 'agents_own_score_due'), ('contribution', 'contribution_score_due'),
    ('identifier', 'identifier_score_due'), ('edition', 'work_score_due'), ('asset', 'work_score_due'),
    ('recording', 'work_score_due'), ('finding', 'work_score_due')
  loop
    execute format('create trigger %I after insert on %I referencing new table as changed
      for each statement execute function %I()', noun || '_inserted_is_due', noun, says);
    execute format('create trigger %I after update on %I referencing new table as changed
      for each statement execute function %I()', noun || '_updated_is_due', noun, says);
    if noun not in ('work', 'agent') then
      execute format('create trigger %I after delete on %I referencing old table as changed
        for each statement execute function %I()', noun || '_deleted_is_due', noun, says);
    end if;
  end loop;
end $$;

-- What there is already.
insert into score_due (work_id) select id from work;
insert into score_due (agent_id) select id from agent;

-- The share of French works shown first stands on a public page.
create trigger catalogue_score_on_public_pages after insert or update on catalogue_score
  for each statement execute function public_page_changed();
