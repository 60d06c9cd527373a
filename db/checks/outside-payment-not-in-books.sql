-- A payment made outside has one entry of its amount on its member's account; an entry has its payment.
select coalesce(payment.id::text, booked.key) as payment, payment.amount as paid, booked.amount as booked
from outside_payment as payment full join (
  select entry.key, posting.account, posting.amount from entry join posting on posting.entry_id = entry.id
  where entry.kind = 'outside_payment' and posting.account like 'member:%') as booked
  on booked.key = 'outside_payment:' || payment.id and booked.account = 'member:' || payment.member_id
where payment.amount is distinct from booked.amount
