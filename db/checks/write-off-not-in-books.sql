-- A debt written off has one entry of its amount, from its co-op's operating fund to its member, and one backwards for what a failed refund
-- undid of it; an entry has its decision; no more is undone than was written off.
with decided as (
  select 'write_off:' || id as key, coop_id, member_id, amount from write_off
  union all
  select 'write_off_undone:' || undone.id, coop_id, member_id, -undone.amount
  from write_off_undone as undone join write_off on write_off.id = undone.write_off_id
)
select coalesce(decided.key, booked.key) as key, decided.amount as decided, booked.amount as booked
from decided full join (
  select entry.key, fund.account as fund, theirs.account, -theirs.amount as amount from entry
    join posting as theirs on theirs.entry_id = entry.id and theirs.account like 'member:%'
    left join posting as fund on fund.entry_id = entry.id and fund.account like 'coop:%'
  where entry.kind = 'write_off') as booked
  on booked.key = decided.key and booked.account = 'member:' || decided.member_id
  and booked.fund = 'coop:' || decided.coop_id || ':operating'
where decided.amount is distinct from booked.amount
union all
select write_off.id::text, write_off.amount, sum(undone.amount)
from write_off join write_off_undone as undone on undone.write_off_id = write_off.id
group by write_off.id having sum(undone.amount) > write_off.amount
