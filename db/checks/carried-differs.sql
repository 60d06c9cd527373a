-- What is carried forward to the end of the last month is what was posted until then, account by account.
with last as (select max(until) as until from account_carried)
select coalesce(carried.account, summed.account) as account, carried.debit, carried.credit, summed.debit as posted_debit, summed.credit as posted_credit
from (select * from account_carried where until = (select until from last)) as carried
full join (
  select posting.account, sum(greatest(amount, 0)) as debit, sum(greatest(-amount, 0)) as credit, count(*) as postings
  from posting join entry on entry.id = posting.entry_id where entry.posted_at < (select until from last)
  group by posting.account having posting.account not like 'clearing/%' or sum(amount) <> 0) as summed
  on summed.account = carried.account
where (carried.debit, carried.credit, carried.postings) is distinct from (summed.debit::bigint, summed.credit::bigint, summed.postings)
