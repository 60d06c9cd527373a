-- What was paid for goods is shared whole: once a sale is split, its clearing account is at 0, and it is touched by nothing else.
select posting.account, sum(posting.amount) from posting
left join sale on posting.account = 'clearing/' || sale.id
where posting.account like 'clearing/%'
group by posting.account, sale.split_at having (sale.split_at is not null and sum(posting.amount) <> 0) or sum(posting.amount) > 0
