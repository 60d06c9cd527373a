-- What the money verbs needed once written.

-- A rule never binds a sale that was made before it was voted or written down: the database says so too.
alter table rule add constraint rule_not_before_its_vote check (voted_at is null or in_force_from >= voted_at);
alter table rule add constraint rule_not_backdated check (in_force_from >= created_at);

-- Why nothing is sent to an account for now, although it is active: Stripe refused a transfer to it. It ends when the account
-- changes (account_invalid), when funds become available (balance_insufficient), or when a person acts (idempotency_error).
alter table payout_account add column hold text
  check (hold in ('account_invalid', 'balance_insufficient', 'idempotency_error'));
alter table payout_account add column looked_at timestamptz;     -- when the sweep last asked Stripe

-- A coupon on the whole cart, in basis points; the lines hold their amounts after it.
alter table sale add column discount_bp integer check (discount_bp between 1 and 10000);
create index sale_line_sale on sale_line (sale_id, position);
create index stripe_event_unapplied on stripe_event (received_at) where applied_at is null;
