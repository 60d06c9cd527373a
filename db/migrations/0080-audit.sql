-- Who did what is written once: the owner of the tables is refused by the triggers, the application's login by its rights as well.
create trigger audit_no_change before update or delete on audit for each statement execute function ledger_refuses_change();
create trigger audit_no_truncate before truncate on audit execute function ledger_refuses_change();
create index audit_person on audit (person_id, at desc);
