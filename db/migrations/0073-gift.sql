-- A copy for somebody who writes about a work: one code, one use, one work. What it opens is an order of 0, claimed.
create table press_code (
  id uuid primary key,
  work_id uuid not null references work,
  code text not null unique,
  label text not null default '',                -- for whom, as its artist noted it
  created_by uuid references person,
  created_at timestamptz not null,
  stopped_at timestamptz,
  used_at timestamptz,
  sale_id uuid unique references sale,
  check ((used_at is null) = (sale_id is null))
);
create index press_code_work on press_code (work_id, created_at desc);

-- A sale whose works are for somebody else. The receipt is the buyer's; the rights are granted to who redeems it, once.
create table gift (
  id uuid primary key,
  sale_id uuid not null unique references sale,
  code text not null unique,
  from_name text not null,
  name text not null,
  email text not null,
  note text not null default '',
  deliver_at timestamptz not null,
  told_at timestamptz,                           -- its letter was rung for
  redeemed_at timestamptz,
  redeemed_email text,
  created_at timestamptz not null,
  check ((redeemed_at is null) = (redeemed_email is null))
);
create index gift_due on gift (deliver_at) where told_at is null;

-- Null: for who paid. Otherwise the right is not granted with the payment, and what the receipt's link opens is not these files.
alter table sale_line add column gift_id uuid references gift;
create index sale_line_gift on sale_line (gift_id) where gift_id is not null;
