-- What buyers take home, made from the originals: each track in the formats that were asked for, made once and kept. A made file
-- carries the record and the cover of the day; `wanted` and `made_from` say which (a hash of both and of the source), so that a
-- corrected record is known by its hash and made anew at the next asking.
alter table asset drop constraint asset_role_check;
alter table asset add constraint asset_role_check
  check (role in ('original', 'cover', 'preview', 'sample_epub', 'sample_page', 'format'));

create table track_format (
  source_id uuid not null references asset,      -- the original sound
  format text not null check (format in
    ('flac', 'alac', 'wav', 'aiff', 'mp3-v0', 'mp3-320', 'mp3-128', 'aac', 'vorbis', 'opus', 'kept')),
  wanted text not null,
  asked_at timestamptz not null,
  made_id uuid references asset,
  made_from text,
  failed_at timestamptz,                         -- of what is wanted now
  reason text check (reason in ('no_ffmpeg', 'not_made')),
  primary key (source_id, format),
  check ((made_id is null) = (made_from is null)),
  check ((failed_at is null) = (reason is null))
);
create unique index track_format_made on track_format (made_id);
create index asset_put_aside on asset (replaced_at) where role = 'format' and replaced_at is not null;

-- The format that was last chosen for a purchase: its page opens with it, on any device.
alter table download_right add column format text;
alter table download_right add column format_chosen_at timestamptz;
