-- What was paid to the State for a member has one entry, and one backwards where it came back; an entry has its payment; its parts sum to it.
with decided as (
  select 'remittance:' || id as key, 'unclaimed:' || member_id as account, amount from remittance
  union all select 'remittance_back:' || id, 'unclaimed:' || member_id, -amount from remittance where undone_at is not null
), booked as (
  select entry.key, posting.account, posting.amount from entry join posting on posting.entry_id = entry.id
  where entry.kind = 'remittance' and posting.account like 'unclaimed:%'
)
select key, account, decided.amount as decided, booked.amount as booked from decided full join booked using (key, account)
where decided.amount is distinct from booked.amount
union all
select remittance.id::text, 'parts', remittance.amount, sum(part.amount)
from remittance left join unclaimed_amount as part on part.remittance_id = remittance.id
group by remittance.id having case when remittance.undone_at is null then remittance.amount else 0 end <> coalesce(sum(part.amount), 0)
