-- Each line that was charged is pinned to the voted version that was in force when its checkout opened, and to its work's shares.
select line.id, line.rule_id, line.share_list_id
from sale_line as line join sale on sale.id = line.sale_id
left join rule on rule.id = line.rule_id left join share_list on share_list.id = line.share_list_id
where line.amount > 0 and (
  rule.id is null or rule.coop_id <> line.coop_id or rule.voted_at is null or rule.voted_at > sale.opened_at or rule.in_force_from > sale.opened_at
  or share_list.id is null or share_list.work_id <> line.work_id or share_list.in_force_from > sale.opened_at
  or exists (select from rule as later where later.coop_id = line.coop_id and later.voted_at <= sale.opened_at
    and later.in_force_from <= sale.opened_at and later.in_force_from > rule.in_force_from))
