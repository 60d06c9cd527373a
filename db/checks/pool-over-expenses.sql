-- A pool never takes more than the approved expenses of its work. What a refund took from it may have come again from later sales by
-- the time when that refund fails and gives it back: so much it may hold besides.
select posting.account, -sum(posting.amount) as taken from posting where posting.account like 'pool:%'
group by posting.account
having -sum(posting.amount) > coalesce((select sum(amount) from expense
  where 'pool:' || expense.work_id = posting.account and approved_at is not null), 0)
  + coalesce((select sum(amount) from taken_part where taken_part.account = posting.account and given_back_at is not null), 0)
