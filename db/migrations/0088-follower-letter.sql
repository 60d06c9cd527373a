-- What somebody of the catalogue wrote to those who follow them, kept as it was sent.
create table follower_letter (
  id uuid primary key,
  agent_id uuid not null references agent,
  member_id uuid not null references member,      -- who wrote
  subject text not null check (length(subject) between 1 and 150),
  body text not null check (length(body) between 1 and 20000),
  reader_count integer not null check (reader_count > 0),
  written_at timestamptz not null
);
create index follower_letter_agent on follower_letter (agent_id, written_at desc);
create index follower_letter_member on follower_letter (member_id);

-- Who entrusts their address to the one whom they follow, to be taken along by them. Null: they do not.
alter table follow add column address_given_at timestamptz check (address_given_at is null or agent_id is not null);
