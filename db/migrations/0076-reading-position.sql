-- Where somebody is in a book that is theirs, so that another device opens it there. `place` is a canonical fragment identifier of
-- EPUB in this very file; where the file has been replaced since, `share` (of the whole, in basis points) still says about where.
create table reading_position (
  person_id uuid not null references person on delete cascade,
  work_id uuid not null references work on delete cascade,
  asset_id uuid not null references asset on delete cascade,
  place text not null check (length(place) between 1 and 500),
  share integer not null check (share between 0 and 10000),
  read_at timestamptz not null,                  -- when it was read, by our clock; a device without network tells later
  primary key (person_id, work_id)
);
create index reading_position_work on reading_position (work_id);
create index reading_position_asset on reading_position (asset_id);
