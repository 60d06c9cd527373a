-- Where a co-op wants to be told of what happens in it. The secret that signs what is sent is made from ours and the id, and is in no row.
create table webhook_endpoint (
  id uuid primary key,
  coop_id uuid not null references coop,
  url text not null,
  events text[] not null check (cardinality(events) > 0),
  made_by uuid not null references person,
  made_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references person
);
create index webhook_endpoint_coop on webhook_endpoint (coop_id, made_at);

-- One event for one endpoint. Written by the triggers below, in the transaction of what happened, whoever did it: a verb, a sweep, a
-- command. The worker sends it (`deliver-webhooks`), every minute what is due.
create table webhook_delivery (
  id uuid primary key default gen_random_uuid(), -- what the receiver knows the event by: the same at each attempt, and when replayed
  endpoint_id uuid not null references webhook_endpoint,
  event text not null,
  subject uuid not null,                         -- of the sale, refund, work, transfer or dispute
  happened_at timestamptz not null,
  body text,                                     -- made at the first attempt: all later ones send the same bytes
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'given_up')),
  attempts integer not null default 0,
  next_at timestamptz not null,                  -- while it is being sent: when it is tried again should the worker have died
  attempted_at timestamptz,
  status smallint,                               -- of the last answer; null where there was none
  failure text                                   -- why the last attempt failed
);
create index webhook_delivery_due on webhook_delivery (next_at) where state = 'waiting';
create index webhook_delivery_endpoint on webhook_delivery (endpoint_id, happened_at desc, id desc);

-- Tells each endpoint of these co-ops that wants it. Where nobody asked for anything, this is one look at an empty table.
create function webhook_tell(told text, about uuid, at timestamptz, coops uuid[]) returns void language sql as $$
  insert into webhook_delivery (endpoint_id, event, subject, happened_at, next_at)
  select endpoint.id, told, about, at, at from webhook_endpoint endpoint
  where endpoint.ended_at is null and endpoint.coop_id = any (coops) and told = any (endpoint.events);
$$;

create function webhook_sale_paid() returns trigger language plpgsql as $$
begin
  if exists (select from webhook_endpoint where ended_at is null) then
    perform webhook_tell('sale.paid', new.id, new.paid_at,
      array(select distinct coop_id from sale_line where sale_id = new.id));
  end if;
  return null;
end $$;
create trigger webhook_sale_paid after update of state on sale for each row
  when (new.state = 'paid' and old.state <> 'paid') execute function webhook_sale_paid();

create function webhook_sale_refunded() returns trigger language plpgsql as $$
begin
  if exists (select from webhook_endpoint where ended_at is null) then
    perform webhook_tell('sale.refunded', new.id, new.state_at, array(
      select distinct coop_id from sale_line where sale_id = new.sale_id and (new.line_ids is null or id = any (new.line_ids))));
  end if;
  return null;
end $$;
create trigger webhook_sale_refunded after update of state on refund for each row
  when (new.state = 'succeeded' and old.state <> 'succeeded') execute function webhook_sale_refunded();

create function webhook_work_moved() returns trigger language plpgsql as $$
begin
  perform webhook_tell(case new.state when 'published' then 'work.published' else 'work.withdrawn' end,
    new.id, new.state_at, array[new.coop_id]);
  return null;
end $$;
create trigger webhook_work_published after update of state on work for each row
  when (new.state = 'published' and old.state <> 'published') execute function webhook_work_moved();
create trigger webhook_work_withdrawn after update of state on work for each row
  when (new.state = 'withdrawn' and old.state = 'published') execute function webhook_work_moved();

-- To a member, or to the co-op itself.
create function webhook_payout_sent() returns trigger language plpgsql as $$
begin
  if exists (select from webhook_endpoint where ended_at is null) then
    perform webhook_tell('payout.sent', new.id, new.state_at, array(
      select coalesce(member.coop_id, account.coop_id) from payout_account account
        left join member on member.id = account.member_id where account.id = new.payout_account_id));
  end if;
  return null;
end $$;
create trigger webhook_payout_sent after update of state on transfer for each row
  when (new.state = 'sent' and old.state <> 'sent') execute function webhook_payout_sent();

create function webhook_dispute_opened() returns trigger language plpgsql as $$
begin
  if exists (select from webhook_endpoint where ended_at is null) then
    perform webhook_tell('dispute.opened', new.id, new.state_at,
      array(select distinct coop_id from sale_line where sale_id = new.sale_id));
  end if;
  return null;
end $$;
create trigger webhook_dispute_found_open after insert on dispute for each row
  when (new.state = 'open') execute function webhook_dispute_opened();
create trigger webhook_dispute_opened after update of state on dispute for each row
  when (new.state = 'open' and old.state <> 'open') execute function webhook_dispute_opened();
