-- What one hears before buying: each track in full, or its beginning, made once in two encodings with the shape of its sound, and kept.
-- `made_from` is a hash of the source and of the way it is made: another file, or another way, makes it anew.
alter table asset drop constraint asset_role_check;
alter table asset add constraint asset_role_check
  check (role in ('original', 'cover', 'preview', 'sample_epub', 'sample_page', 'format', 'stream', 'peaks'));

-- How much strangers may hear of a work, and how often each of its tracks before they are asked to buy it (null: as often as they like).
alter table work add column hearing text not null default 'full' check (hearing in ('full', 'start', 'none'));
alter table work add column free_plays smallint default 3 check (free_plays between 1 and 100);

create table track_stream (
  source_id uuid not null references asset,      -- the original sound
  extent text not null check (extent in ('whole', 'start')),
  wanted text not null,
  asked_at timestamptz not null,
  opus_id uuid references asset,
  aac_id uuid references asset,
  peaks_id uuid references asset,
  made_from text,
  failed_at timestamptz,                         -- of what is wanted now
  reason text check (reason in ('no_ffmpeg', 'not_made')),
  primary key (source_id, extent),
  check (num_nulls(opus_id, aac_id, peaks_id, made_from) in (0, 4)),
  check ((failed_at is null) = (reason is null))
);
create index track_stream_opus on track_stream (opus_id);
create index track_stream_aac on track_stream (aac_id);
create index track_stream_peaks on track_stream (peaks_id);
drop index asset_put_aside;
create index asset_put_aside on asset (replaced_at) where role in ('format', 'stream', 'peaks') and replaced_at is not null;
