-- What people do when money goes back: why a refund was asked, how a dispute stands in Stripe's words, and what answers it.

alter table refund add column reason text;         -- in the words of who asked; null: asked by nobody of ours
alter table dispute add column status text;        -- Stripe's own word: warning_needs_response, needs_response, under_review, …

-- Gathered when the dispute begins, from what is held then; a person may correct it, and alone sends it.
create table dispute_evidence (
  dispute_id uuid primary key references dispute,
  buyer_email text not null,
  served_on date not null,                       -- when the files were given
  product text not null,                         -- what was sold
  receipt text not null,                         -- as the buyer was shown it
  access_log text not null,                      -- which file was downloaded, when
  terms text not null,                           -- shown before the payment
  statement text not null default '',            -- what the co-op adds
  gathered_at timestamptz not null,
  edited_at timestamptz,
  edited_by uuid references person,
  -- asked: a person sent it, and Stripe has not answered yet
  state text not null default 'gathered' check (state in ('gathered', 'asked', 'sent', 'refused')),
  state_at timestamptz not null,
  key text unique,                               -- of the call, stored before it is made
  attempt integer not null default 0,
  calls integer not null default 0,
  sent_by uuid references person,                -- who sent it
  refusal text,
  check ((state = 'gathered') = (sent_by is null))
);
create index dispute_evidence_asked on dispute_evidence (state_at) where state = 'asked';
