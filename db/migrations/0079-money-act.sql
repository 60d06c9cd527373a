-- Two people for what moves money: above this amount one proposes and another confirms. Null: the co-op has not asked for it.
alter table coop add column two_people_above integer check (two_people_above >= 0);

create table money_act (
  id uuid primary key,
  coop_id uuid not null references coop,
  kind text not null check (kind in ('refund', 'write_off', 'outside_payment', 'hand_over', 'adopt_rule', 'limit')),
  subject text not null,                         -- sale:…, member:…, rule:…, coop:…
  amount integer check (amount >= 0),            -- null: no sum, always for two
  terms jsonb not null,                          -- what the verb is asked, as it was proposed
  proposed_by uuid not null references person,
  proposed_at timestamptz not null,
  expires_at timestamptz not null,
  decision text check (decision in ('confirmed', 'declined')),
  decided_by uuid references person,
  decided_at timestamptz,
  made_id uuid,                                  -- the refund, write-off, payment, amount set aside or rule that came of it
  check (num_nonnulls(decision, decided_by, decided_at) in (0, 3)),
  check (decision is distinct from 'confirmed' or decided_by <> proposed_by),
  check (made_id is null or decision = 'confirmed')
);
create index money_act_coop on money_act (coop_id, proposed_at desc);
create index money_act_made on money_act (made_id) where made_id is not null;

-- What was proposed is what is confirmed, and a decision stands: only what came of it is added.
create function money_act_stands() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE'
    or (old.id, old.coop_id, old.kind, old.subject, old.amount, old.terms, old.proposed_by, old.proposed_at, old.expires_at)
      is distinct from (new.id, new.coop_id, new.kind, new.subject, new.amount, new.terms, new.proposed_by, new.proposed_at, new.expires_at)
    or (old.decision is not null and (old.decision, old.decided_by, old.decided_at)
      is distinct from (new.decision, new.decided_by, new.decided_at))
    or (old.made_id is not null and old.made_id is distinct from new.made_id) then
    raise exception 'an act of two people stands as it was proposed and decided' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger money_act_stands before update or delete on money_act for each row execute function money_act_stands();
