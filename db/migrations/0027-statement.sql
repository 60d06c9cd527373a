-- Statements and the accounting export read the books by the day of posting, and go on where they stopped.
create index entry_posted on entry (posted_at, number);
-- What a member sold is found from the lists in which they share.
create index share_member on share (member_id);
