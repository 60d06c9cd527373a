-- A refund that Stripe made has one entry of its amount, and what it took is what the entry posted; one that it refused has none.
select refund.id, refund.state, refund.amount, posted.amount as posted, taken.amount as taken
from refund left join lateral (
  select -posting.amount as amount from entry join posting on posting.entry_id = entry.id
  where entry.key = 'refund:' || refund.id and posting.account = 'stripe') as posted on true
left join lateral (select sum(amount) as amount from taken_part where refund_id = refund.id) as taken on true
where (refund.state in ('pending', 'succeeded', 'failed')
    and (posted.amount is distinct from refund.amount::bigint or coalesce(taken.amount, 0) > refund.amount))
  or (refund.state in ('asked', 'refused') and (posted.amount is not null or taken.amount is not null))
  or (refund.state = 'failed') <> exists (select from entry where entry.key = 'refund_failed:' || refund.id)
