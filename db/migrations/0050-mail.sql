-- A letter is leased before it is sent and marked afterwards: two workers never send the same one together, and one that died
-- in between leaves a lease that ends. What a server will never take is kept with its words, and not tried again.
alter table mail_sent alter column sent_at drop not null;
alter table mail_sent add column leased_until timestamptz;
alter table mail_sent add column refused_at timestamptz;
alter table mail_sent add column refusal text;
