-- Tracks stand where their tags, their names and their folders say, until somebody puts them in order: from then on that order holds,
-- and what comes later goes behind.
alter table work add column tracks_ordered_at timestamptz;
update work set tracks_ordered_at = state_at where kind = 'album' and state <> 'draft';
