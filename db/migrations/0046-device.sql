-- A library is opened to one's own apps: an e-reader (OPDS) or a player of music (OpenSubsonic), each with a password of its own. That
-- of an e-reader is kept as a hash alone. Players prove theirs by md5(password + salt), which nobody can check without the password:
-- theirs is kept sealed as well, by a key that is not in the database (domain/library/device-secret.ts).
create table device (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  kind text not null check (kind in ('reader', 'player')),
  name text not null,
  secret_hash bytea not null unique,
  secret_sealed bytea,
  created_at timestamptz not null,
  used_at timestamptz,                           -- to a few minutes: not each request is written down
  revoked_at timestamptz,
  check ((kind = 'player') = (secret_sealed is not null))
);
create index device_person on device (person_id, created_at);

-- What somebody said of a track, an album or an artist, and how often they heard it. `item_id` is of a recording, a work or an agent.
create table listening (
  person_id uuid not null references person on delete cascade,
  item_id uuid not null,
  starred_at timestamptz,
  rating smallint check (rating between 1 and 5),
  plays integer not null default 0,
  played_at timestamptz,
  primary key (person_id, item_id)
);

create table playlist (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  name text not null,
  comment text not null default '',
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index playlist_person on playlist (person_id, created_at);

-- A track that is no longer held stays in its place, and is shown again should it be bought again.
create table playlist_track (
  playlist_id uuid not null references playlist on delete cascade,
  position integer not null,
  recording_id uuid not null references recording on delete cascade,
  primary key (playlist_id, position)
);
create index playlist_track_recording on playlist_track (recording_id);
