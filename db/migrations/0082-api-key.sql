-- A key of the API: made by an admin for their co-op, for what it names and no more. Its secret is 256 random bits, of which a hash is
-- kept. It acts through who made it: once they are no longer an admin of the co-op, it opens nothing.
create table api_key (
  id uuid primary key,
  coop_id uuid not null references coop,
  name text not null,
  scopes text[] not null check (cardinality(scopes) > 0),
  secret_hash bytea not null unique,
  hint text not null,                            -- the last four signs, to know it again
  made_by uuid not null references person,
  made_at timestamptz not null,
  until timestamptz,                             -- null: as long as nobody revokes it
  used_at timestamptz,                           -- to a few minutes: not each call is written down
  revoked_at timestamptz,
  revoked_by uuid references person
);
create index api_key_coop on api_key (coop_id, made_at);
