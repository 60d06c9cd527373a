-- A ristourne has one entry: its surplus from the operating fund, each member's part to them, what is left to the reserve; and no entry is without one.
with decided as (
  select 'ristourne:' || coop_id || ':' || year as key, 'coop:' || coop_id || ':operating' as account, surplus as amount from ristourne
  union all
  select 'ristourne:' || coop_id || ':' || year, 'member:' || member_id, -amount
  from ristourne join ristourne_part on ristourne_id = ristourne.id
  union all
  select 'ristourne:' || coop_id || ':' || year, 'coop:' || coop_id || ':reserve',
    coalesce((select sum(amount) from ristourne_part where ristourne_id = ristourne.id), 0) - surplus
  from ristourne
), booked as (
  select entry.key, posting.account, posting.amount from entry join posting on posting.entry_id = entry.id where entry.kind = 'ristourne'
)
select key, account, decided.amount as decided, booked.amount as booked
from (select * from decided where amount <> 0) as decided full join booked using (key, account)
where decided.amount is distinct from booked.amount
