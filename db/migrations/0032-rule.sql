-- A version of a rule is proposed, then adopted by a vote or withdrawn. What was adopted is never edited; what was proposed only moves
-- its planned effect, for a vote may close later than was planned.
alter table rule add column purpose text;                           -- why, in the proposer's words
alter table rule add column proposed_by uuid references person;     -- null: written down at the founding, or by a program
alter table rule add column adopted_at timestamptz;                 -- when the vote's result was recorded here
alter table rule add column adopted_by uuid references person;
alter table rule add column minutes text;                           -- where the vote's minutes are
alter table rule add column withdrawn_at timestamptz;
alter table rule add column withdrawn_by uuid references person;

update rule set adopted_at = created_at where voted_at is not null;

alter table rule add constraint rule_adopted check ((voted_at is null) = (adopted_at is null));
alter table rule add constraint rule_withdrawn check (withdrawn_at is null or voted_at is null);
-- The result may be recorded days after the vote: what was sold meanwhile was sold under the version before.
alter table rule add constraint rule_not_before_adoption check (adopted_at is null or in_force_from >= adopted_at);

-- Two versions of a co-op that begin at one instant would overlap; one withdrawn never begins.
alter table rule drop constraint rule_coop_id_in_force_from_key;
create unique index rule_one_an_instant on rule (coop_id, in_force_from) where withdrawn_at is null;

create function rule_stands() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a rule is not deleted: withdraw the proposal' using errcode = 'restrict_violation';
  end if;
  if old.voted_at is not null or old.withdrawn_at is not null then
    raise exception 'rule % is decided and does not change; propose another version', old.code using errcode = 'restrict_violation';
  end if;
  if (new.id, new.coop_id, new.code, new.steps, new.created_at) is distinct from (old.id, old.coop_id, old.code, old.steps, old.created_at) then
    raise exception 'what is voted on is what was proposed: rule % does not change', old.code using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger rule_stands before update or delete on rule for each row execute function rule_stands();

-- Whatever clock the application goes by: a version never begins before a sale of that co-op that was made under another.
create function rule_binds_no_past_sale() returns trigger language plpgsql as $$
begin
  if new.voted_at is not null and exists (
    select from sale join sale_line as line on line.sale_id = sale.id
    where line.coop_id = new.coop_id and sale.opened_at > new.in_force_from) then
    raise exception 'rule_binds_no_past_sale: sales were made after % already', new.in_force_from using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger rule_binds_no_past_sale before insert or update on rule for each row execute function rule_binds_no_past_sale();
