-- The balance kept of a member, a fund, a pool or an unclaimed amount is the sum of its postings.
select coalesce(kept.account, summed.account) as account, kept.balance as kept, summed.balance
from account_balance as kept
full join (select account, sum(amount) as balance from posting where account ~ '^(member|coop|pool|unclaimed):' group by account) as summed
  on summed.account = kept.account
where kept.balance is distinct from summed.balance
