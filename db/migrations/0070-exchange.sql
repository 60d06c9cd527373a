-- A catalogue of a million comes in and goes out by the thousand: what it asks of each record is answered by an index.

-- Which addresses are taken that begin like this one: a range of a btree, whatever the collation of the database.
create index work_slug_typed on work (slug text_pattern_ops);
create index agent_slug_typed on agent (slug text_pattern_ops);

-- The harvest (OAI-PMH) reads what was ever published in the order of its last change; what left the shop stays in it.
create index work_harvest on work (updated_at, id) where published_at is not null;
