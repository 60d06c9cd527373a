-- A right to download comes from a sale that was paid or claimed, and every line of such a sale gave one, for its copies;
-- a gift gives it once somebody has redeemed it.
select line.id as sale_line, sale.state, line.quantity, held.copies
from sale_line as line join sale on sale.id = line.sale_id
left join download_right as held on held.sale_line_id = line.id
where (sale.state in ('paid', 'claimed') and held.copies is distinct from line.quantity
    and (line.gift_id is null or held.id is not null))
   or (sale.state not in ('paid', 'claimed') and held.id is not null)
