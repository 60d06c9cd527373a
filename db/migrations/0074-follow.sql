-- Who wants to be written to of new works: of a person of the catalogue, or of a co-op. `told_until`: works published before it were told.
create table follow (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  agent_id uuid references agent,
  coop_id uuid references coop,
  created_at timestamptz not null,
  told_until timestamptz not null,
  check (num_nonnulls(agent_id, coop_id) = 1)
);
create unique index follow_agent on follow (person_id, agent_id) where agent_id is not null;
create unique index follow_coop on follow (person_id, coop_id) where coop_id is not null;
create index follow_of_agent on follow (agent_id) where agent_id is not null;
create index follow_of_coop on follow (coop_id) where coop_id is not null;

-- What somebody would like to have one day.
create table wish (
  person_id uuid not null references person on delete cascade,
  work_id uuid not null references work,
  created_at timestamptz not null,
  primary key (person_id, work_id)
);
