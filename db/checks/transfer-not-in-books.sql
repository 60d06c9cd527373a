-- A transfer that was sent has one entry of its amount; an entry has its transfer.
select transfer.id, transfer.state, transfer.amount, posted.amount as posted
from transfer full join (
  select entry.stripe_object, -posting.amount as amount from entry join posting on posting.entry_id = entry.id
  where entry.kind = 'transfer' and posting.account = 'stripe') as posted on posted.stripe_object = transfer.stripe_transfer
where (transfer.state = 'sent' and posted.amount is distinct from transfer.amount::bigint)
   or (transfer.state is distinct from 'sent' and posted.amount is not null)
