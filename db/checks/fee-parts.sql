-- The exact fee is cut over the lines, and is what entry `split` took from `stripe`.
select sale.id, sale.fee, sum(line.fee_part) as parts, max(posted.amount) as posted
from sale join sale_line as line on line.sale_id = sale.id
left join lateral (
  select -posting.amount as amount from entry join posting on posting.entry_id = entry.id
  where entry.sale_id = sale.id and entry.kind = 'split' and posting.account = 'stripe') as posted on true
where sale.split_at is not null
group by sale.id having sale.fee <> sum(line.fee_part) or sale.fee <> coalesce(max(posted.amount), 0)
