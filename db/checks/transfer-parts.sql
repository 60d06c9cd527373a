-- A transfer of a sale brings parts of that sale alone, for its whole amount; a release never brings more than its amount.
select transfer.id, transfer.amount, sum(part.amount) as parts
from transfer left join transfer_part as part on part.transfer_id = transfer.id
group by transfer.id
having coalesce(sum(part.amount), 0) > transfer.amount
   or (transfer.sale_id is not null
       and (coalesce(sum(part.amount), 0) <> transfer.amount or bool_or(part.sale_id <> transfer.sale_id)))
