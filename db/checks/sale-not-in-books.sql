-- A paid sale is in the books with what was paid; one that is not paid is not there.
select sale.id, sale.state, sale.total, booked.amount
from sale left join lateral (
  select sum(posting.amount) as amount from entry join posting on posting.entry_id = entry.id
  where entry.sale_id = sale.id and entry.kind = 'sale' and posting.account = 'stripe') as booked on true
where (sale.state = 'paid' and sale.currency = 'cad' and booked.amount is distinct from sale.total)
   or (sale.state <> 'paid' and booked.amount is not null)
   or (sale.split_at is not null and booked.amount is distinct from sale.settled)
