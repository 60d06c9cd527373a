-- What a bank withdrew waits in suspense while the dispute is open, and no longer.
select dispute.id, dispute.state, dispute.withdrawn, held.amount as held
from dispute left join lateral (
  select sum(amount) as amount from posting where account = 'suspense/' || dispute.stripe_dispute) as held on true
where coalesce(held.amount, 0) <> case when dispute.state = 'open' then coalesce(dispute.withdrawn, 0) else 0 end
