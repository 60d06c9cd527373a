-- Every entry has two postings or more, and they sum to 0.
select entry.key, count(posting.account) as legs, coalesce(sum(posting.amount), 0) as sum
from entry left join posting on posting.entry_id = entry.id
group by entry.id having count(posting.account) < 2 or coalesce(sum(posting.amount), 0) <> 0
