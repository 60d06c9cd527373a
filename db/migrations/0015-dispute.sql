-- A buyer's bank takes the money back while it looks. An inquiry only asks: no money has moved.
create table dispute (
  id uuid primary key,
  stripe_dispute text not null unique,
  sale_id uuid not null references sale,
  state text not null check (state in ('inquiry', 'open', 'won', 'lost', 'closed')),
  state_at timestamptz not null,
  reason text not null,
  amount integer not null,                       -- what the bank disputes, in the currency of the charge
  withdrawn integer,                             -- what was taken from us, in the settlement currency, without the fee
  evidence_due_at timestamptz,
  looked_at timestamptz not null,
  created_at timestamptz not null
);
create index dispute_sale on dispute (sale_id);
create index dispute_open on dispute (sale_id) where state = 'open';

-- What a refund or a lost dispute took back, per line: from a part of the split, from the fee that the co-op side now bears, from
-- a tax. What remains of a line is what it gave, less these rows; those of a refund that failed were given back.
create table taken_part (
  refund_id uuid references refund,
  dispute_id uuid references dispute,
  sale_line_id uuid not null references sale_line,
  kind text not null check (kind in ('part', 'fee', 'tax')),
  position smallint not null,                    -- of the part in the split, or of the tax; 0 for the fee
  account text not null,
  amount integer not null check (amount > 0),
  given_back_at timestamptz,
  check ((refund_id is null) <> (dispute_id is null)),
  unique nulls not distinct (refund_id, dispute_id, sale_line_id, kind, position)
);
create index taken_part_line on taken_part (sale_line_id, kind, position);
