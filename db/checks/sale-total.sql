-- A total is its lines and their taxes.
select sale.id, sale.total, sum(line.amount + coalesce(tax.amount, 0)) as lines
from sale join sale_line as line on line.sale_id = sale.id
left join lateral (select sum(amount) as amount from sale_line_tax where sale_line_id = line.id) as tax on true
group by sale.id having sale.total <> sum(line.amount + coalesce(tax.amount, 0))
