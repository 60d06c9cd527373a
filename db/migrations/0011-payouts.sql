-- What is held for want of an acceptance is found from the shares not accepted, which are few, and not from all that was ever sold.
create index share_unaccepted on share (member_id) where accepted_at is null;
create index sale_line_share_list on sale_line (share_list_id);
