-- Of no part of a line is more taken back than it was given; a line never gives back more than it was charged in all.
select taken.sale_line_id, taken.kind, taken.position, sum(taken.amount) as taken, given.amount as given
from taken_part as taken left join lateral (
  select case taken.kind
    when 'part' then (select part.amount from split_part as part
      where part.sale_line_id = taken.sale_line_id and part.position = taken.position)
    when 'fee' then (select fee_part from sale_line where id = taken.sale_line_id)
    -- Of a sale in another currency, what a tax brought is not kept by itself.
    else (select max(-posting.amount) from sale_line as line join entry on entry.sale_id = line.sale_id and entry.kind = 'sale'
      join posting on posting.entry_id = entry.id and posting.account = taken.account where line.id = taken.sale_line_id)
  end as amount) as given on true
where taken.given_back_at is null
group by taken.sale_line_id, taken.kind, taken.position, given.amount having sum(taken.amount) > coalesce(given.amount, 0)
