-- The public pages are kept in the memory of each web process. Whatever they are made from says so here when it changes, and every
-- process that listens forgets what it kept: correct within the time that a notice takes, a few milliseconds after the commit.
-- A draft that nobody sees yet wakes nobody.

create function public_page_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('public_page', '');
  return null;
end $$;

create function public_page_of_work_changed() returns trigger language plpgsql as $$
begin
  if exists (select from changed join work on work.id = changed.work_id where work.state = 'published') then
    perform pg_notify('public_page', '');
  end if;
  return null;
end $$;

-- A work that was, or is, in the shop.
create trigger work_on_public_pages after update on work for each row
  when (old.state = 'published' or new.state = 'published') execute function public_page_changed();
create trigger work_off_public_pages after delete on work for each row
  when (old.state = 'published') execute function public_page_changed();

-- What hangs on a work: statement by statement, with the rows that it touched.
do $$
declare
  noun text;
begin
  foreach noun in array array['edition', 'asset', 'recording', 'contribution', 'identifier', 'share_list', 'expense'] loop
    execute format('create trigger %I after insert on %I referencing new table as changed
      for each statement execute function public_page_of_work_changed()', noun || '_inserted_on_public_pages', noun);
    execute format('create trigger %I after update on %I referencing new table as changed
      for each statement execute function public_page_of_work_changed()', noun || '_updated_on_public_pages', noun);
    execute format('create trigger %I after delete on %I referencing old table as changed
      for each statement execute function public_page_of_work_changed()', noun || '_deleted_on_public_pages', noun);
  end loop;
  -- Few rows, seldom changed, shown on many pages.
  foreach noun in array array['coop', 'rule', 'share'] loop
    execute format('create trigger %I after insert or update or delete on %I
      for each statement execute function public_page_changed()', noun || '_on_public_pages', noun);
  end loop;
end $$;

-- New people appear with their first contribution, which is told above.
create trigger agent_on_public_pages after update on agent for each row
  when (old is distinct from new) execute function public_page_changed();
create trigger member_on_public_pages after update of name on member for each row
  when (old.name is distinct from new.name) execute function public_page_changed();

-- What a work's pool may still take is shown as a sentence on its page.
create trigger pool_on_public_pages after insert on posting for each row
  when (new.account like 'pool:%') execute function public_page_changed();
