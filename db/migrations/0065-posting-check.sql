-- Each new posting is held to its entry by the entry's key. As a join, the plan that a connection keeps could be one that was made while
-- the books were short, and read them from end to end for as long as it was kept.
create or replace function posting_comes_with_its_entry() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from (select distinct entry_id from added) as each
      where (select entry.transaction from entry where entry.id = each.entry_id) is distinct from pg_current_xact_id()::text) then
    raise exception 'a posting comes with its entry or never' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
