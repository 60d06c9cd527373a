-- A reversal that was made has one entry of its amount, its parts sum to it, and no transfer is taken back for more than it brought.
select reversal.id::text, reversal.state, reversal.amount, posted.amount as posted, parts.amount as parts
from reversal left join lateral (
  select posting.amount from entry join posting on posting.entry_id = entry.id
  where entry.key = 'reversal:' || reversal.id and posting.account = 'stripe') as posted on true
left join lateral (select sum(amount) as amount from reversal_part where reversal_id = reversal.id) as parts on true
where (reversal.state = 'done' and posted.amount is distinct from reversal.amount::bigint)
  or (reversal.state <> 'done' and posted.amount is not null) or parts.amount is distinct from reversal.amount::bigint
union all
select transfer.id::text, 'reversed', transfer.amount, sum(reversal.amount), null
from transfer join reversal on reversal.transfer_id = transfer.id and reversal.state in ('intended', 'done')
group by transfer.id having sum(reversal.amount) > transfer.amount
