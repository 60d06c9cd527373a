-- All accounts together are at 0, in each currency.
select entry.currency, sum(posting.amount) from posting join entry on entry.id = posting.entry_id
group by entry.currency having sum(posting.amount) <> 0
