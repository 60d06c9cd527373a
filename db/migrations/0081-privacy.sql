-- Who asked to be forgotten: the row stays for the books that name it, and says nothing of them any more.
alter table person add column erased_at timestamptz;

-- The register of confidentiality incidents (Loi 25, A-2.1 r. 3.1; GDPR, article 33.5): every one, grave or not, kept five years at least.
create table incident (
  id uuid primary key,
  coop_id uuid not null references coop,
  happened_on date not null,
  noticed_on date not null check (noticed_on >= happened_on),
  what text not null,                            -- the circumstances
  about text not null,                           -- which personal information
  people_count integer check (people_count >= 0),-- null: not known (yet)
  harm text not null check (harm in ('none', 'possible', 'serious')),
  harm_reason text not null,
  measures text not null,
  authority_told_on date,
  people_told_on date,
  recorded_by uuid references person,
  recorded_at timestamptz not null,
  closed_at timestamptz,
  check (harm <> 'serious' or closed_at is null or (authority_told_on is not null and people_told_on is not null))
);
create index incident_coop on incident (coop_id, noticed_on desc);
