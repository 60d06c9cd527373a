-- What a stage has shared is what its parts sum to: stage 1 the whole base (all but the fee that a co-op bears), stage 3 the shares.
with given as (
  select line.work_id, line.rule_id, line.share_list_id,
    sum(part.amount) filter (where part.stage <> 'fee') as base,
    sum(part.amount) filter (where part.stage = 'shares') as shares
  from split_part as part join sale_line as line on line.id = part.sale_line_id group by 1, 2, 3
), wanted as (
  select work_id, rule_id, 1 as stage, null::uuid as share_list_id, sum(base) as cents from given group by 1, 2
  union all select work_id, rule_id, 3, share_list_id, shares from given
)
select coalesce(wanted.work_id, kept.work_id) as work_id, coalesce(wanted.stage, kept.stage) as stage, wanted.cents as given, kept.cents
from wanted full join (select * from share_counter where stage <> 2) as kept
  on kept.work_id = wanted.work_id and kept.rule_id = wanted.rule_id and kept.stage = wanted.stage
  and kept.share_list_id is not distinct from wanted.share_list_id
where coalesce(wanted.cents, 0) <> coalesce(kept.cents, 0)
