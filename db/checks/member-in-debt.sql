-- No member owes the house anything unless money went back to a buyer: a split only gives, a transfer never takes below 0.
select account, sum(amount) as owes from posting
where account like 'member:%' group by account
having sum(amount) > 0 and not bool_or(exists (
  select from entry where entry.id = posting.entry_id and entry.kind in ('refund', 'dispute_lost')))
