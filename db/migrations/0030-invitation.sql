-- Who brought a member in by naming them in a share: the co-op sees it, and the invitation is sent once.
alter table member add column invited_by uuid references person;
alter table member add column invited_at timestamptz;
alter table member add constraint member_invited check ((invited_by is null) = (invited_at is null));
