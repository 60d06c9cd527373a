-- A free work and a work whose price nobody has chosen yet are not the same: the second one may not be submitted.
alter table work add column priced_at timestamptz;
create index submission_returned on submission (work_id, decided_at desc) where decision = 'returned';
