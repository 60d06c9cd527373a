-- The transparency log: one leaf for each posting on a member's account, in the order of the books, and the root of the Merkle tree
-- over the leaves (RFC 6962) each time it grew. Whoever kept a root can tell later that nothing before it was changed.

create table log_leaf (
  position bigint primary key check (position >= 0),   -- 0, 1, 2 … without a gap
  entry_id uuid not null,
  account text not null,
  salt bytea not null check (length(salt) = 16),       -- given to the member alone: nobody can guess a leaf from its hash
  hash bytea not null check (length(hash) = 32),
  unique (entry_id, account),
  foreign key (entry_id, account) references posting
);

create table log_head (
  size bigint primary key check (size > 0),
  root bytea not null check (length(root) = 32),
  peaks bytea[] not null,                              -- roots of the whole subtrees, largest first: what the next leaf is added to
  made_at timestamptz not null
);

create trigger log_leaf_no_change before update or delete on log_leaf for each row execute function ledger_refuses_change();
create trigger log_leaf_no_truncate before truncate on log_leaf execute function ledger_refuses_change();
create trigger log_head_no_change before update or delete on log_head for each row execute function ledger_refuses_change();
create trigger log_head_no_truncate before truncate on log_head execute function ledger_refuses_change();

-- The log reads the books in the order of their numbers.
create unique index entry_number on entry (number);
