-- What each member, fund and pool is owed is asked at every sale; summing all that ever happened to them would cost more with each.
-- A balance is kept beside the postings by the same statement that writes them, and by nothing else; `db/checks` holds it to them.
-- `stripe` and the like have none: every sale moves them, and one row for all would make the sales wait for each other.
create table account_balance (
  account text primary key,
  balance bigint not null                        -- debit positive
);

create function posting_moves_balance() returns trigger language plpgsql as $$
begin
  insert into account_balance as kept (account, balance) values (new.account, new.amount)
  on conflict (account) do update set balance = kept.balance + excluded.balance;
  return null;
end $$;
create trigger posting_moves_balance after insert on posting for each row
  when (new.account ~ '^(member|coop|pool):') execute function posting_moves_balance();

insert into account_balance select account, sum(amount) from posting where account ~ '^(member|coop|pool):' group by account;
