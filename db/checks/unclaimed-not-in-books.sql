-- What is set aside for a member, and was neither reclaimed nor paid to the State, is what the books hold for them.
select coalesce('unclaimed:' || aside.member_id, booked.account) as account, aside.amount as set_aside, booked.amount as booked
from (select member_id, sum(amount) as amount from unclaimed_amount where reclaimed_at is null and remittance_id is null group by member_id) as aside
full join (select account, -sum(amount) as amount from posting where account like 'unclaimed:%' group by account having sum(amount) <> 0) as booked
  on booked.account = 'unclaimed:' || aside.member_id
where aside.amount is distinct from booked.amount
