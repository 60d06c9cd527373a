-- A debt written off has one entry of its amount, from its co-op's operating fund to its member; an entry has its decision.
select coalesce(decided.id::text, booked.key) as write_off, decided.amount as decided, booked.amount as booked
from write_off as decided full join (
  select entry.key, fund.account as fund, theirs.account, -theirs.amount as amount from entry
    join posting as theirs on theirs.entry_id = entry.id and theirs.account like 'member:%'
    left join posting as fund on fund.entry_id = entry.id and fund.account like 'coop:%'
  where entry.kind = 'write_off') as booked
  on booked.key = 'write_off:' || decided.id and booked.account = 'member:' || decided.member_id
  and booked.fund = 'coop:' || decided.coop_id || ':operating'
where decided.amount is distinct from booked.amount
