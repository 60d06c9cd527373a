-- The sweep looks once more at sales split a while ago.
create index sale_split on sale (split_at) where split_at is not null;
