-- No payment made outside and nothing set aside settled more of sales than it was.
select settled.outside_payment_id, settled.unclaimed_amount_id, sum(settled.amount) as settled, max(coalesce(payment.amount, aside.amount)) as amount
from settled_part as settled
left join outside_payment as payment on payment.id = settled.outside_payment_id
left join unclaimed_amount as aside on aside.id = settled.unclaimed_amount_id
group by 1, 2 having sum(settled.amount) > max(coalesce(payment.amount, aside.amount))
   or bool_or((settled.undone_at is null) is distinct from (aside.reclaimed_at is null))
