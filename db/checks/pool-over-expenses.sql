-- A pool never takes more than the approved expenses of its work.
select posting.account, -sum(posting.amount) as taken from posting where posting.account like 'pool:%'
group by posting.account
having -sum(posting.amount) > coalesce((select sum(amount) from expense
  where 'pool:' || expense.work_id = posting.account and approved_at is not null), 0)
