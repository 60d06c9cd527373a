-- A right to download ends when nothing remains of its line, and only then.
select line.id, held.ended_at, taken.amount as taken
from download_right as held join sale_line as line on line.id = held.sale_line_id join sale on sale.id = line.sale_id
left join lateral (select sum(amount) as amount from taken_part
  where sale_line_id = line.id and given_back_at is null) as taken on true
where sale.currency = 'cad' and (held.ended_at is not null) <> (taken.amount is not null and taken.amount >= line.amount
  + coalesce((select sum(amount) from sale_line_tax where sale_line_id = line.id), 0))
