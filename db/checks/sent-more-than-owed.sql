-- Of no sale is a destination sent, being sent, or paid otherwise, more than the sale gave it.
with owed as (
  select line.sale_id, substring(part.account from '^(?:member|coop):[^:]+') as destination, sum(part.amount) as amount
  from split_part as part join sale_line as line on line.id = part.sale_line_id group by 1, 2
), sent as (
  select sale_id, destination, sum(amount) as amount from (
    select part.sale_id, transfer.destination, part.amount
    from transfer_part as part join transfer on transfer.id = part.transfer_id where transfer.state in ('intended', 'sent')
    union all
    select sale_id, substring(account from '^(?:member|coop):[^:]+'), amount from settled_part where undone_at is null) as either
  group by 1, 2
), back as (
  select reversal.sale_id, transfer.destination, sum(reversal.amount) as amount
  from reversal join transfer on transfer.id = reversal.transfer_id where reversal.state = 'done' group by 1, 2
)
select sent.sale_id, sent.destination, owed.amount as owed, sent.amount as sent
from sent left join owed on owed.sale_id = sent.sale_id and owed.destination = sent.destination
left join back on back.sale_id = sent.sale_id and back.destination = sent.destination
where sent.amount - coalesce(back.amount, 0) > coalesce(owed.amount, 0)
