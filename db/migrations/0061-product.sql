-- A product of a message, or a line of a table, as its sender names it: by it the same one is known again when it is sent anew. `digest`
-- is of what was sent, so that what did not change costs one look. Rows « work:… » hold what senders call the work behind products.
create table product (
  coop_id uuid not null references coop,
  reference text not null,
  work_id uuid not null references work,
  digest text,
  received_at timestamptz not null,
  primary key (coop_id, reference)
);
create index product_work on product (work_id);

-- A product is matched by its ISBN too; there may be a million of them.
create index identifier_value on identifier (scheme, value);
