-- The house as it stands on its first day. Every table is a noun in the singular; states are named columns with a when; money is
-- whole minor units; ids are uuid v7 made by the application (PostgreSQL 15 has no uuidv7()), times come from the application's clock.

create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- `unaccent` is only STABLE because its dictionary could change; naming the dictionary makes an immutable wrapper honest, and indexable.
create function plain(words text) returns text language sql immutable strict parallel safe
  as $$ select lower(public.unaccent('public.unaccent'::regdictionary, words)) $$;

create text search configuration fr (copy = french);
alter text search configuration fr alter mapping for hword, hword_part, word with unaccent, french_stem;
create text search configuration en (copy = english);
alter text search configuration en alter mapping for hword, hword_part, word with unaccent, english_stem;

-- People and their doors ------------------------------------------------------------------------------------------------------

create table person (
  id uuid primary key,
  email text not null check (email = lower(email) and email like '%_@_%'),
  name text,
  locale text not null default 'fr' check (locale in ('fr', 'en')),
  created_at timestamptz not null,
  unique (email)
);

-- A link is single use, lives 15 minutes, and only the browser that asked for it may use it; only hashes are kept.
create table sign_in_link (
  token_hash bytea primary key,
  browser_hash bytea not null,
  email text not null,
  locale text not null check (locale in ('fr', 'en')),
  destination text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  consumed_at timestamptz
);
create index sign_in_link_email on sign_in_link (email, created_at);

create table session (
  token_hash bytea primary key,
  person_id uuid not null references person on delete cascade,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  user_agent text
);
create index session_person on session (person_id);

-- Co-operatives, members, staff -----------------------------------------------------------------------------------------------

create table coop (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null,
  legal_form text not null check (legal_form in ('coop_qc', 'scic', 'other')),
  place text not null,                           -- ISO 3166-2, or the country alone
  description jsonb not null default '{}',       -- {fr, en}
  accent text not null default '#7a3b2e',        -- the co-op's own colour
  money text not null default 'own' check (money in ('platform', 'own')),  -- the co-op that owns the platform account is no destination
  tax_numbers jsonb not null default '{}',       -- {tps: "…", tvq: "…"}, printed on receipts
  created_at timestamptz not null
);
create unique index coop_one_platform on coop ((true)) where money = 'platform';

create table member (
  id uuid primary key,
  coop_id uuid not null references coop,
  person_id uuid not null references person,
  slug text not null,
  name text not null,
  joined_at timestamptz not null,
  left_at timestamptz,
  threshold integer not null default 0 check (threshold >= 0),   -- paid by releases only, once this much is free
  unique (coop_id, slug),
  unique (coop_id, person_id)
);
create index member_person on member (person_id);

create table coop_role (
  coop_id uuid not null references coop,
  person_id uuid not null references person,
  role text not null check (role in ('curator', 'treasurer', 'admin')),
  granted_at timestamptz not null,
  primary key (coop_id, person_id, role)
);
create index coop_role_person on coop_role (person_id);

-- Where money is sent: one Stripe account, one owner. A replaced account stays for its history.
create table payout_account (
  id uuid primary key,
  member_id uuid references member,
  coop_id uuid references coop,
  stripe_account text not null unique,
  state text not null check (state in ('to_complete', 'in_review', 'active', 'restricted', 'closed')),
  state_at timestamptz not null,
  reason text,
  refused_at timestamptz,                        -- Stripe answered account_invalid: nothing is sent until the account changes
  replaced_at timestamptz,
  created_at timestamptz not null,
  check (num_nonnulls(member_id, coop_id) = 1)
);
create unique index payout_account_member on payout_account (member_id) where replaced_at is null;
create unique index payout_account_coop on payout_account (coop_id) where replaced_at is null;

-- The catalogue: work → edition or release (with its recordings) → file ---------------------------------------------------------

create table work (
  id uuid primary key,
  coop_id uuid not null references coop,
  member_id uuid not null references member,     -- whose studio it lives in
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  kind text not null check (kind in ('book', 'album')),
  title text not null default '',
  subtitle text,
  sort_title text,
  language text,                                 -- BCP 47
  original_language text,
  description jsonb not null default '{}',       -- {fr, en}, plain text with blank lines between paragraphs
  subjects jsonb not null default '[]',          -- [{scheme?, code?, label}]
  series jsonb,                                  -- {name, position}
  publisher text,
  published_on text,                             -- EDTF date: 2026, 2026-03, 2026-03-02
  rights text,
  contents jsonb not null default '[]',          -- [{title, depth}] of a book
  page_count integer,
  word_count integer,
  duration_ms integer,                           -- of the whole album
  accessibility jsonb,
  price_kind text not null default 'fixed' check (price_kind in ('fixed', 'open')),  -- open: pay what you want, from the floor
  price integer not null default 0 check (price = 0 or price between 50 and 99999999),   -- the price, or the floor
  suggested_price integer check (suggested_price is null or suggested_price >= 50),
  currency text not null default 'cad' check (currency ~ '^[a-z]{3}$'),
  state text not null default 'draft' check (state in ('draft', 'submitted', 'returned', 'published', 'withdrawn')),
  state_at timestamptz not null,
  published_at timestamptz,
  cover_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index work_member on work (member_id, updated_at desc);
create index work_shop on work (published_at desc, id) where state = 'published';
create index work_shop_kind on work (kind, published_at desc, id) where state = 'published';
create index work_shop_coop on work (coop_id, published_at desc, id) where state = 'published';

create table edition (
  id uuid primary key,
  work_id uuid not null references work,
  format text not null check (format in ('epub', 'pdf', 'music')),
  position smallint not null default 1,
  created_at timestamptz not null,
  unique (work_id, format)
);

create table upload (
  id uuid primary key,
  work_id uuid not null references work,
  member_id uuid not null references member,
  file_name text not null,                       -- as the person named it; never part of a key
  declared_bytes bigint not null check (declared_bytes > 0),
  declared_type text not null,
  last_modified bigint,                          -- with name and size, how a browser finds an upload to resume
  storage_key text not null unique,
  multipart_id text,
  part_bytes integer not null,
  state text not null check (state in ('open', 'received', 'accepted', 'refused', 'expired', 'removed')),
  state_at timestamptz not null,
  reason text,                                   -- code of a refusal
  bytes bigint,
  sha256 text,
  media_type text,
  inspection jsonb,                              -- verdict, reasons, audio facts, seconds
  created_at timestamptz not null
);
create index upload_work on upload (work_id, created_at);
create index upload_open on upload (state_at) where state in ('open', 'received');

-- A file that we keep: what was uploaded (original) or what was made from it.
create table asset (
  id uuid primary key,
  work_id uuid not null references work,
  edition_id uuid references edition,
  upload_id uuid references upload,
  role text not null check (role in ('original', 'cover', 'preview', 'sample_epub', 'sample_page')),
  position integer not null default 1,           -- of a cover: width; of a sample page: its order
  storage_key text not null unique,
  media_type text not null,
  bytes bigint not null,
  sha256 text,
  facts jsonb not null default '{}',             -- duration, peaks, colour, width, height …
  replaced_at timestamptz,
  created_at timestamptz not null
);
create index asset_work on asset (work_id, role) where replaced_at is null;
create unique index asset_upload on asset (upload_id, role, position, media_type) where replaced_at is null;
alter table work add foreign key (cover_id) references asset;

create table recording (
  id uuid primary key,
  work_id uuid not null references work,
  asset_id uuid not null unique references asset,      -- the uploaded file
  preview_id uuid references asset,
  disc smallint not null default 1,
  position smallint not null,
  title text not null,
  isrc text,
  duration_ms integer,
  lyrics text,
  unique (work_id, disc, position) deferrable initially deferred
);

-- Who made it: an agent is a person or group as the catalogue knows them, a member's or not.
create table agent (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  sort_name text,
  kind text not null default 'person' check (kind in ('person', 'group')),
  member_id uuid references member,
  about jsonb not null default '{}',
  created_at timestamptz not null
);
create index agent_name on agent (plain(name));

create table contribution (
  id uuid primary key,
  work_id uuid not null references work,
  recording_id uuid references recording,
  agent_id uuid not null references agent,
  role text not null,
  position smallint not null,
  unique nulls not distinct (work_id, recording_id, agent_id, role)
);
create index contribution_agent on contribution (agent_id);

create table identifier (
  id uuid primary key,
  work_id uuid references work,
  edition_id uuid references edition,
  agent_id uuid references agent,
  scheme text not null,
  value text not null,
  check (num_nonnulls(work_id, edition_id, agent_id) = 1),
  unique nulls not distinct (work_id, edition_id, agent_id, scheme, value)
);

-- Each field knows where it came from: file < artist < curator. The record shown is the merge; this is the evidence.
create table finding (
  id uuid primary key,
  work_id uuid not null references work,
  upload_id uuid references upload,
  field text not null,
  value jsonb not null,
  origin text not null check (origin in ('file', 'artist', 'curator')),
  source text not null,                          -- opf:dc:title, id3:TIT2, or the form
  person_id uuid references person,
  found_at timestamptz not null
);
create index finding_work on finding (work_id, field);

create table work_search (
  work_id uuid primary key references work on delete cascade,
  document tsvector not null,
  words text not null
);
create index work_search_document on work_search using gin (document);
create index work_search_words on work_search using gin (words gin_trgm_ops);

create table submission (
  id uuid primary key,
  work_id uuid not null references work,
  member_id uuid not null references member,
  note text,
  submitted_at timestamptz not null,
  decision text check (decision in ('published', 'returned', 'withdrawn')),
  decided_at timestamptz,
  decided_by uuid references person,
  reason_code text,
  reason text,
  check ((decision is null) = (decided_at is null))
);
create unique index submission_open on submission (work_id) where decision is null;
create index submission_work on submission (work_id, submitted_at);

-- The rules and the shares ----------------------------------------------------------------------------------------------------

create table rule (
  id uuid primary key,
  coop_id uuid not null references coop,
  code text not null,
  steps jsonb not null,
  in_force_from timestamptz not null,
  voted_at timestamptz,                          -- null: the vote is still open, not in force
  created_at timestamptz not null,
  unique (coop_id, in_force_from),
  unique (coop_id, code)
);

create table share_list (
  id uuid primary key,
  work_id uuid not null references work,
  in_force_from timestamptz not null,
  created_at timestamptz not null
);
create index share_list_work on share_list (work_id, in_force_from desc);

create table share (
  share_list_id uuid not null references share_list,
  member_id uuid not null references member,
  parts integer not null check (parts >= 0),
  position smallint not null,
  accepted_at timestamptz,
  primary key (share_list_id, member_id),
  unique (share_list_id, position)
);

create table expense (
  id uuid primary key,
  work_id uuid not null references work,
  label text not null,
  amount integer not null check (amount > 0),
  approved_at timestamptz,
  approved_by uuid references person,
  created_at timestamptz not null
);

create table tax_rate (
  id uuid primary key,
  code text not null,                            -- tps, tvq
  place text not null,                           -- CA-QC
  percent numeric(7, 4) not null check (percent >= 0),
  position smallint not null default 1,
  in_force_from date not null,
  in_force_until date,
  unique (code, place, in_force_from)
);

-- Sales -----------------------------------------------------------------------------------------------------------------------

create table sale (
  id uuid primary key,
  number bigint generated always as identity,    -- what a person reads aloud
  state text not null check (state in ('open', 'paid', 'claimed', 'expired')),
  email text not null,
  person_id uuid references person,
  locale text not null check (locale in ('fr', 'en')),
  place text,
  currency text not null,
  total integer not null check (total >= 0),
  idempotency_key text not null unique,          -- of the call that opens Checkout
  stripe_session text unique,
  stripe_payment text unique,
  stripe_charge text unique,
  fee integer,                                   -- exact, from the balance transaction; never computed
  settled integer,                               -- what the charge brought in the settlement currency
  opened_at timestamptz not null,
  expires_at timestamptz not null,
  paid_at timestamptz,
  fee_known_at timestamptz,
  split_at timestamptz,
  looked_at timestamptz                          -- when the sweep last asked Stripe
);
create index sale_unfinished on sale (opened_at) where state = 'open' or (state = 'paid' and split_at is null);
create index sale_person on sale (person_id, paid_at desc);
create index sale_email on sale (email);
create index sale_paid on sale (paid_at desc) where state in ('paid', 'claimed');

create table sale_line (
  id uuid primary key,
  sale_id uuid not null references sale,
  position smallint not null,
  work_id uuid not null references work,
  coop_id uuid not null references coop,
  rule_id uuid references rule,                  -- pinned when checkout opens; a line of 0 needs none
  share_list_id uuid references share_list,
  title text not null,                           -- as it was sold
  quantity integer not null check (quantity > 0),
  unit_price integer not null check (unit_price >= 0),
  amount integer not null check (amount >= 0),   -- after discount, before tax
  fee_part integer,                              -- of the card fee, once known
  unique (sale_id, position),
  unique (sale_id, work_id)
);
create index sale_line_work on sale_line (work_id);

create table sale_line_tax (
  sale_line_id uuid not null references sale_line,
  code text not null,
  percent numeric(7, 4) not null,
  amount integer not null check (amount >= 0),
  position smallint not null,
  primary key (sale_line_id, code)
);

-- The right to download outlives the seller, the session and the account.
create table download_right (
  id uuid primary key,
  sale_line_id uuid not null unique references sale_line,
  work_id uuid not null references work,
  email text not null,
  person_id uuid references person,
  copies integer not null,
  granted_at timestamptz not null,
  ended_at timestamptz
);
create index download_right_person on download_right (person_id, granted_at desc);
create index download_right_email on download_right (email);

create table download (
  id uuid primary key,
  download_right_id uuid not null references download_right,
  asset_id uuid not null references asset,
  at timestamptz not null
);
create index download_right_log on download (download_right_id, at);

-- What each line gave to whom, in the order of the stages; a refund takes back what remains of these very rows.
create table split_part (
  sale_line_id uuid not null references sale_line,
  position smallint not null,
  stage text not null check (stage in ('fee', 'percent', 'pool', 'shares')),
  account text not null,
  amount integer not null,                       -- positive: given to the account; negative: a fee that it bears
  primary key (sale_line_id, position)
);
create index split_part_account on split_part (account);

-- The cents that each stage has shared so far (money conventions § 3): rounding is cumulative, so totals never drift.
create table share_counter (
  work_id uuid not null references work,
  rule_id uuid not null references rule,
  stage smallint not null check (stage in (1, 2, 3)),
  share_list_id uuid references share_list,
  cents bigint not null check (cents >= 0),
  unique nulls not distinct (work_id, rule_id, stage, share_list_id)
);

-- The ledger: double entry, append-only, held by the database itself --------------------------------------------------------------

create table entry (
  id uuid primary key,
  key text not null unique,
  kind text not null,
  sale_id uuid references sale,
  stripe_object text,                            -- what moved at Stripe
  currency text not null,
  contents_hash bytea not null,
  posted_at timestamptz not null,
  number bigint generated always as identity,
  transaction text not null default pg_current_xact_id()::text
);
create index entry_sale on entry (sale_id);
create unique index entry_stripe_object on entry (kind, stripe_object) where stripe_object is not null;

create table posting (
  entry_id uuid not null references entry,
  account text not null,
  amount bigint not null check (amount <> 0),    -- debit positive, credit negative
  primary key (entry_id, account)
);
create index posting_account on posting (account) include (amount);

create function ledger_refuses_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only: % on % is refused; post a correcting entry', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger entry_no_change before update or delete on entry for each row execute function ledger_refuses_change();
create trigger entry_no_truncate before truncate on entry execute function ledger_refuses_change();
create trigger posting_no_change before update or delete on posting for each row execute function ledger_refuses_change();
create trigger posting_no_truncate before truncate on posting execute function ledger_refuses_change();

create function posting_comes_with_its_entry() returns trigger language plpgsql as $$
begin
  if (select transaction from entry where id = new.entry_id) is distinct from pg_current_xact_id()::text then
    raise exception 'a posting comes with its entry or never' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger posting_not_late before insert on posting for each row execute function posting_comes_with_its_entry();

create function entry_balances() returns trigger language plpgsql as $$
declare legs integer; total bigint;
begin
  select count(*), coalesce(sum(amount), 0) into legs, total from posting where entry_id = new.id;
  if legs < 2 or total <> 0 then
    raise exception 'entry % does not balance: % legs, sum %', new.key, legs, total using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger entry_balanced after insert on entry deferrable initially deferred for each row execute function entry_balances();

-- Transfers: the intent is stored with its key before the call --------------------------------------------------------------------

create table transfer (
  id uuid primary key,
  key text not null unique,
  sale_id uuid references sale,                  -- null: a release, which brings unsent parts of several sales
  payout_account_id uuid not null references payout_account,
  destination text not null,                     -- member:<id> or coop:<id>
  amount integer not null check (amount > 0),
  attempt integer not null default 1,
  state text not null check (state in ('intended', 'sent', 'refused', 'stuck')),
  state_at timestamptz not null,
  leased_until timestamptz,
  calls integer not null default 0,
  first_called_at timestamptz,
  stripe_transfer text unique,
  refusal text,
  created_at timestamptz not null
);
create unique index transfer_one_intended on transfer (sale_id, destination) where state = 'intended' and sale_id is not null;
create unique index transfer_one_release on transfer (destination) where state = 'intended' and sale_id is null;
create index transfer_due on transfer (state_at) where state = 'intended';
create index transfer_sale on transfer (sale_id, destination);

-- Which accounts, of which sales, a transfer brings.
create table transfer_part (
  transfer_id uuid not null references transfer,
  sale_id uuid not null references sale,
  account text not null,
  amount integer not null check (amount > 0),
  position smallint not null,
  primary key (transfer_id, sale_id, account)
);
create index transfer_part_sale on transfer_part (sale_id, account);

-- The neighbours' words, and what was said to people ------------------------------------------------------------------------------

create table stripe_event (
  id text primary key,
  type text not null,
  object_id text,
  payload jsonb not null,
  received_at timestamptz not null,
  applied_at timestamptz
);

create table mail_sent (
  key text primary key,                          -- what it is about: a thing is said once
  recipient text not null,
  sent_at timestamptz not null
);

-- Who did what, before and after.
create table audit (
  id uuid primary key,
  coop_id uuid references coop,
  person_id uuid references person,
  verb text not null,
  subject text not null,
  before jsonb,
  after jsonb,
  at timestamptz not null
);
create index audit_subject on audit (subject, at);
create index audit_coop on audit (coop_id, at desc);
