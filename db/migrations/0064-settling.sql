-- Many sales are settled in one transaction, and two transactions at once do not wait for each other's funds.

-- All sales of a co-op move the balances of its funds: one row for each made them follow each other, commit by commit. A balance lies in
-- up to sixteen rows now, one for the connections that share a slot; whoever asks for it reads the view, under the name that it always had.
alter table account_balance rename to account_balance_slot;
alter table account_balance_slot add column slot smallint not null default 0;
alter table account_balance_slot drop constraint account_balance_pkey, add primary key (account, slot);
create view account_balance as select account, sum(balance)::bigint as balance from account_balance_slot group by account;

-- Rows that are written again soon after: with room beside them, the indexes need not be told.
alter table account_balance_slot set (fillfactor = 50);
alter table share_counter set (fillfactor = 50);
alter table sale_line set (fillfactor = 80);

-- The same columns as the constraint beside it.
drop index sale_line_sale;

-- The door for many entries at once: nth of `keys` the nth entry, and each leg names its entry by that number. Amounts of an entry on one
-- account are summed, zeros left out; two accounts or more remain, and sum to 0. A key that is known changes nothing; with other
-- contents all is refused (VC409): a fact was told in two ways. Returns the keys that are new.
create function post_entries(
  ids uuid[], keys text[], kinds text[], sales uuid[], objects text[], its_currency text, its_time timestamptz,
  legs integer[], accounts text[], amounts bigint[]
) returns text[] language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  counted integer[];
  named text[];
  moved bigint[];
  wrong text;
  contents bytea[];
  added uuid[];
begin
  if cardinality(legs) is distinct from cardinality(accounts) or cardinality(legs) is distinct from cardinality(amounts)
      or array_position(legs, null) is not null or array_position(accounts, null) is not null or array_position(amounts, null) is not null then
    raise exception 'entry % has an account or an amount without the other', keys[1] using errcode = 'check_violation';
  end if;
  if its_currency is distinct from coalesce((select currency from entry limit 1), its_currency) then
    raise exception 'entry % is in %, and the books are in one currency', keys[1], its_currency using errcode = 'check_violation';
  end if;
  select array_agg(leg.n), array_agg(leg.account), array_agg(leg.amount) into counted, named, moved from (
    select given.n, given.account, sum(given.amount)::bigint as amount from unnest(legs, accounts, amounts) as given (n, account, amount)
    group by given.n, given.account having sum(given.amount) <> 0 order by given.n, given.account collate "C") as leg;

  -- What each entry says, in one text that is the same for the same fact.
  select array_agg(its.contents order by its.n),
      min(format('entry %s does not balance: %s', its.key, coalesce(its.shown, 'nothing'))) filter (where its.legs < 2 or its.total <> 0)
    into contents, wrong from (
      select given.n, given.key, count(leg.account) as legs, coalesce(sum(leg.amount), 0) as total,
        string_agg(format('%s %s', leg.account, leg.amount), ', ') as shown,
        sha256(convert_to(format('[%s,%s,%s,%s,[%s]]', to_json(given.kind), coalesce(to_json(given.sale::text)::text, 'null'),
          coalesce(to_json(given.object)::text, 'null'), to_json(its_currency),
          string_agg(format('{"account":%s,"amount":%s}', to_json(leg.account), leg.amount), ',' order by leg.account collate "C")), 'UTF8')) as contents
      from unnest(keys, kinds, sales, objects) with ordinality as given (key, kind, sale, object, n)
        left join unnest(counted, named, moved) as leg (n, account, amount) on leg.n = given.n
      group by given.n, given.key, given.kind, given.sale, given.object) as its;
  if wrong is not null then
    raise exception '%', wrong using errcode = 'check_violation';
  end if;
  if exists (select from unnest(legs) as leg (n) where leg.n not between 1 and cardinality(keys)) then
    raise exception 'a posting names an entry that is not there' using errcode = 'check_violation';
  end if;

  with entered as (
    insert into entry (id, key, kind, sale_id, stripe_object, currency, contents_hash, posted_at)
    select given.id, given.key, given.kind, given.sale, given.object, its_currency, given.contents, its_time
    from unnest(ids, keys, kinds, sales, objects, contents) with ordinality as given (id, key, kind, sale, object, contents, n) order by given.n
    on conflict (key) do nothing returning id)
  select array_agg(id) into added from entered;
  if coalesce(cardinality(added), 0) < cardinality(ids) then
    select given.key into wrong from unnest(keys, contents) as given (key, contents) left join entry on entry.key = given.key
      where entry.contents_hash is distinct from given.contents limit 1;
    if found then
      raise exception 'entry % is posted with other contents', wrong using errcode = 'VC409';
    end if;
    if added is null then
      return array[]::text[];
    end if;
    select array_agg(leg.n), array_agg(leg.account), array_agg(leg.amount) into counted, named, moved
      from unnest(counted, named, moved) as leg (n, account, amount) where ids[leg.n] = any (added);
  end if;
  insert into posting (entry_id, account, amount) select ids[leg.n], leg.account, leg.amount from unnest(counted, named, moved) as leg (n, account, amount);
  -- In the order of their names: two transactions at once never wait for each other in a circle.
  insert into account_balance_slot as kept (account, slot, balance)
    select leg.account, pg_backend_pid() % 16, sum(leg.amount) from unnest(named, moved) as leg (account, amount)
    where leg.account ~ '^(member|coop|pool|unclaimed):' group by leg.account order by leg.account collate "C"
  on conflict (account, slot) do update set balance = kept.balance + excluded.balance;
  return array(select given.key from unnest(ids, keys) as given (id, key) where given.id = any (added));
end $$;

-- A version of the application that knows the door for one entry alone may go on beside the new one.
create or replace function post_entry(
  its_id uuid, its_key text, its_kind text, its_sale uuid, its_object text, its_currency text, its_time timestamptz,
  accounts text[], amounts bigint[]
) returns boolean language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  select cardinality(post_entries(array[its_id], array[its_key], array[its_kind], array[its_sale], array[its_object], its_currency, its_time,
    array_fill(1, array[cardinality(accounts)]), accounts, amounts)) > 0
$$;

-- The context tells who called: only a frame of the door itself, in its own schema, is written like this.
create or replace function ledger_has_one_door() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare context text;
begin
  get diagnostics context = pg_context;
  if context !~ '(^|\n)[^\n"]* post_entries\(uuid\[\],text\[\],text\[\],uuid\[\],text\[\],text,timestamp with time zone,integer\[\],text\[\],bigint\[\]\)' then
    raise exception 'the ledger is entered by post_entries alone: % on % is refused', tg_op, tg_table_name using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
