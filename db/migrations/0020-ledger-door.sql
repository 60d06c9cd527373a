-- The books have one door, `post_entry`, and the database itself keeps it: whoever inserts beside it is refused, and the role that the
-- application works under (db/grants.sql) may call it and read, nothing else. Everything that an entry needs happens in there, in one
-- round trip. A version of the application older than this migration cannot post any more: its jobs wait and are done by the next one.

-- A posting comes with its entry: looked at once for all those of a statement, no longer one by one.
drop trigger posting_not_late on posting;
create or replace function posting_comes_with_its_entry() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from added left join entry on entry.id = added.entry_id
      where entry.transaction is distinct from pg_current_xact_id()::text) then
    raise exception 'a posting comes with its entry or never' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger posting_not_late after insert on posting referencing new table as added
  for each statement execute function posting_comes_with_its_entry();

-- The balances are kept by the door itself; `unclaimed` has one too, for it is owed to a member like the rest.
drop trigger posting_moves_balance on posting;
drop function posting_moves_balance();
insert into account_balance select account, sum(amount) from posting where account like 'unclaimed:%' group by account;

-- Looked up by name, a table of one's own making must not stand in for the real one.
alter function entry_balances() set search_path = pg_catalog, public, pg_temp;
alter function ledger_refuses_change() set search_path = pg_catalog, public, pg_temp;

-- The context tells who called: only a frame of the door itself, in its own schema, is written like this.
create function ledger_has_one_door() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare context text;
begin
  get diagnostics context = pg_context;
  if context !~ '(^|\n)[^\n"]* post_entry\(uuid,text,text,uuid,text,text,timestamp with time zone,text\[\],bigint\[\]\)' then
    raise exception 'the ledger is entered by post_entry alone: % on % is refused', tg_op, tg_table_name using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger entry_by_the_door before insert on entry for each statement execute function ledger_has_one_door();
create trigger posting_by_the_door before insert on posting for each statement execute function ledger_has_one_door();
create trigger account_balance_by_the_door before insert or update on account_balance
  for each statement execute function ledger_has_one_door();
create trigger account_balance_no_delete before delete on account_balance for each statement execute function ledger_refuses_change();
create trigger account_balance_no_truncate before truncate on account_balance execute function ledger_refuses_change();

-- Amounts on one account are summed, zeros left out; two accounts or more remain, and sum to 0. A key that is known changes nothing and
-- gives false; with other contents it is refused (VC409): a fact was told in two ways.
create function post_entry(
  its_id uuid, its_key text, its_kind text, its_sale uuid, its_object text, its_currency text, its_time timestamptz,
  accounts text[], amounts bigint[]
) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  named text[];
  moved bigint[];
  contents bytea;
  known bytea;
begin
  if cardinality(accounts) is distinct from cardinality(amounts)
      or array_position(accounts, null) is not null or array_position(amounts, null) is not null then
    raise exception 'entry % has an account or an amount without the other', its_key using errcode = 'check_violation';
  end if;
  select array_agg(leg.account), array_agg(leg.amount) into named, moved from (
    select given.account, sum(given.amount)::bigint as amount from unnest(accounts, amounts) as given (account, amount)
    group by given.account having sum(given.amount) <> 0 order by given.account collate "C") as leg;
  if coalesce(cardinality(named), 0) < 2 or (select sum(amount) from unnest(moved) as leg (amount)) <> 0 then
    raise exception 'entry % does not balance: %', its_key,
      coalesce((select string_agg(format('%s %s', account, amount), ', ') from unnest(named, moved) as leg (account, amount)), 'nothing')
      using errcode = 'check_violation';
  end if;
  if its_currency is distinct from coalesce((select currency from entry limit 1), its_currency) then
    raise exception 'entry % is in %, and the books are in one currency', its_key, its_currency using errcode = 'check_violation';
  end if;
  select sha256(convert_to(format('[%s,%s,%s,%s,[%s]]', to_json(its_kind), coalesce(to_json(its_sale::text)::text, 'null'),
      coalesce(to_json(its_object)::text, 'null'), to_json(its_currency),
      string_agg(format('{"account":%s,"amount":%s}', to_json(account), amount), ',')), 'UTF8'))
    into contents from unnest(named, moved) as leg (account, amount);

  insert into entry (id, key, kind, sale_id, stripe_object, currency, contents_hash, posted_at)
    values (its_id, its_key, its_kind, its_sale, its_object, its_currency, contents, its_time) on conflict (key) do nothing;
  if not found then
    select contents_hash into known from entry where key = its_key;
    if known is distinct from contents then
      raise exception 'entry % is posted with other contents', its_key using errcode = 'VC409';
    end if;
    return false;
  end if;
  insert into posting (entry_id, account, amount) select its_id, account, amount from unnest(named, moved) as leg (account, amount);
  -- In the order of their names: two entries at once never wait for each other in a circle.
  insert into account_balance as kept (account, balance)
    select account, amount from unnest(named, moved) as leg (account, amount) where account ~ '^(member|coop|pool|unclaimed):'
  on conflict (account) do update set balance = kept.balance + excluded.balance;
  return true;
end $$;
