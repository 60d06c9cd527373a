-- Calls that move money: who holds a lease, and how fast they may follow each other.

-- The job that took the lease. Where it died, the queue hands out the very same job again, which need not wait for the lease to end.
alter table transfer add column leased_by uuid;
alter table reversal add column leased_by uuid;
alter table refund add column leased_by uuid;

-- When the next call to each endpoint of Stripe may leave, counted over all workers. Not logged: it is worth nothing after a crash.
create unlogged table call_turn (
  endpoint text primary key check (endpoint in ('transfer', 'reversal', 'refund')),
  next_at timestamptz not null
) with (fillfactor = 50);
