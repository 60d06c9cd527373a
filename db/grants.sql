-- Who may do what: run after the migrations, each time, by the owner of the tables; run again it changes nothing.
-- The application works as `ventes_app`: it reads and writes everything but the books, which it reads, and enters by `post_entries` alone.
-- The role belongs to the whole server and has no login; a login that is a member of it takes it when it connects (db/connection.ts).
-- Where the owner may not make roles, an administrator runs `create role ventes_app; grant ventes_app to <login>` once; until then
-- the application works as the owner, and the triggers on the books are what refuses.
do $$
declare
  named record;
  -- Read by everybody, written by nobody directly. What a later migration protects in the same way is added here.
  read_only constant text[] := array['entry', 'posting', 'account_balance', 'account_balance_slot', 'migration'];
  -- Added to and read, never changed.
  append_only constant text[] := array['audit'];
begin
  if not exists (select from pg_roles where rolname = 'ventes_app') then
    begin
      create role ventes_app nologin;
    exception
      when duplicate_object or unique_violation then null; -- another database of this server made it at the same instant
      when insufficient_privilege then raise notice 'the role ventes_app is missing, and % may not make it', current_user;
    end;
  end if;
  revoke all on function post_entry(uuid, text, text, uuid, text, text, timestamptz, text[], bigint[]) from public;
  revoke all on function post_entries(uuid[], text[], text[], uuid[], text[], text, timestamptz, integer[], text[], bigint[]) from public;
  if not exists (select from pg_roles where rolname = 'ventes_app') then return; end if;

  if not (select rolsuper from pg_roles where rolname = current_user) then
    begin
      execute format('grant ventes_app to %I', current_user);
    exception
      when insufficient_privilege then null; -- the doctor tells where it cannot be taken
    end;
  end if;
  grant execute on function post_entry(uuid, text, text, uuid, text, text, timestamptz, text[], bigint[]) to ventes_app;
  grant execute on function post_entries(uuid[], text[], text[], uuid[], text[], text, timestamptz, integer[], text[], bigint[]) to ventes_app;
  grant usage on schema public, pgboss to ventes_app;
  for named in
    select format('%I.%I', nspname, relname) as name, relkind = 'S' as is_sequence,
      nspname = 'public' and relname = any (read_only) as is_read_only,
      nspname = 'public' and relname = any (append_only) as is_append_only
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname in ('public', 'pgboss') and relkind in ('r', 'p', 'v', 'S') and pg_has_role(relowner, 'usage')
  loop
    if named.is_sequence then
      execute format('grant usage, select on sequence %s to ventes_app', named.name);
    elsif named.is_read_only then
      execute format('revoke all on table %s from public, ventes_app', named.name);
      execute format('grant select on table %s to ventes_app', named.name);
    elsif named.is_append_only then
      execute format('revoke all on table %s from public, ventes_app', named.name);
      execute format('grant select, insert on table %s to ventes_app', named.name);
    else
      execute format('grant select, insert, update, delete on table %s to ventes_app', named.name);
    end if;
  end loop;
  alter default privileges in schema public grant select, insert, update, delete on tables to ventes_app;
  alter default privileges in schema public grant usage, select on sequences to ventes_app;
  begin
    revoke create on schema public from public; -- nobody puts a table of their own where ours are looked for (as PostgreSQL does from 15 on)
  exception
    when insufficient_privilege then null;
  end;
end $$;
