-- The parts of a sale, kept to be taken back by a refund, are what entry `split` posted, account by account.
with parts as (
  select line.sale_id, part.account, -sum(part.amount) as amount
  from split_part as part join sale_line as line on line.id = part.sale_line_id group by line.sale_id, part.account
), posted as (
  select entry.sale_id, posting.account, posting.amount from entry join posting on posting.entry_id = entry.id
  where entry.kind = 'split' and posting.account <> 'stripe' and posting.account not like 'clearing/%'
)
select coalesce(parts.sale_id, posted.sale_id) as sale_id, coalesce(parts.account, posted.account) as account,
  parts.amount as parts, posted.amount as posted
from parts full join posted on posted.sale_id = parts.sale_id and posted.account = parts.account
where coalesce(parts.amount, 0) <> coalesce(posted.amount, 0)
