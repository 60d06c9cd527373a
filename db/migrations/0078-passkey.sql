-- A passkey proves who somebody is without their mailbox: the public half of a key that never leaves their device (WebAuthn, level 3).
create table passkey (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  credential_id text not null unique,            -- base64url, as browsers name it
  public_key bytea not null,                     -- COSE
  counter bigint not null check (counter >= 0),  -- 0 for ever where the device keeps none
  transports jsonb not null default '[]',
  name text not null,
  synced boolean not null,                       -- kept by an account of the device's maker, and on their other devices
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkey_person on passkey (person_id, created_at);

-- A question that is answered once, within five minutes, by the very session or browser to which it was put.
create table passkey_challenge (
  challenge text primary key,
  holder_hash bytea not null,
  purpose text not null check (purpose in ('register', 'sign_in')),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index passkey_challenge_holder on passkey_challenge (holder_hash, created_at);

-- Whoever lost every passkey is let in again by somebody else of the co-op, once.
create table passkey_recovery (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  coop_id uuid not null references coop,
  opened_by uuid not null references person,
  opened_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check (opened_by <> person_id)
);
create index passkey_recovery_person on passkey_recovery (person_id, expires_at);

-- A session has a name of its own (its token's hash is for no page), says how it was proven, and when last: null is when it began.
alter table session add column id uuid not null default gen_random_uuid() unique;
alter table session add column proof text not null default 'link' check (proof in ('link', 'passkey'));
alter table session add column proven_at timestamptz;

-- A new address is somebody's once they opened the letter that was sent there.
create table mail_change (
  token_hash bytea primary key,
  person_id uuid not null references person on delete cascade,
  email text not null check (email = lower(email)),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  consumed_at timestamptz
);
create index mail_change_person on mail_change (person_id, created_at);
