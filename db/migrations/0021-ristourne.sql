-- What a co-op's meeting gave back to its members at the end of a year: once for each co-op and year, and never changed.
create table ristourne (
  id uuid primary key,
  coop_id uuid not null references coop,
  year smallint not null,
  surplus bigint not null check (surplus > 0),   -- the meeting's, from its full accounts
  non_member_bp integer not null check (non_member_bp between 0 and 10000),
  reserve_bp integer not null check (reserve_bp between 0 and 10000),
  patronage text not null check (patronage in ('reckoned', 'given')),  -- from the ledger, or as the meeting had it
  posted_by uuid references person,
  posted_at timestamptz not null,
  unique (coop_id, year)
);
create table ristourne_part (
  ristourne_id uuid not null references ristourne,
  member_id uuid not null references member,
  position smallint not null,
  patronage bigint not null check (patronage >= 0),
  amount bigint not null check (amount >= 0),
  primary key (ristourne_id, member_id),
  unique (ristourne_id, position)
);
create index ristourne_part_member on ristourne_part (member_id);
create trigger ristourne_no_change before update or delete on ristourne for each row execute function ledger_refuses_change();
create trigger ristourne_part_no_change before update or delete on ristourne_part for each row execute function ledger_refuses_change();
