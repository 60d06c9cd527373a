import { sql, type Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { keepTrace } from "../people/keep-trace.server.ts";
import { Refusal } from "../refusal.ts";

/**
 * Forgets a person who asked for it, and keeps the books: what hangs on them goes, their address becomes a pseudonym wherever it
 * stands, they leave their co-ops. Forgotten already: nothing happens. Refuses `erasure_role` (they have a role), `erasure_owed` (money is owed
 * to them or by them, set aside for them, or on its way), `erasure_works` (something of theirs is for sale) and `erasure_sale` (a
 * purchase or a dispute is under way).
 */
export async function erasePerson(
  db: Database,
  house: Pick<House, "clock">,
  personId: string,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const person = await trx
      .selectFrom("person")
      .select(["email", "erased_at"])
      .where("id", "=", personId)
      .forUpdate()
      .executeTakeFirst();
    if (!person) throw new Refusal("not_found");
    if (person.erased_at) return;
    await refuseWhileSomethingStands(trx, { personId, email: person.email });
    const now = house.clock.now();
    const pseudonym = `efface-${personId}@efface.invalid`;
    for (const { table, column } of await hangingOn(trx))
      await sql`delete from ${sql.table(table)} where ${sql.ref(column)} = ${personId}::uuid`.execute(trx);
    await sql`delete from sign_in_link where email = ${person.email}`.execute(trx);
    await sql`delete from pgboss.job where data ->> 'email' = ${person.email}`.execute(trx);
    for (const { table, column } of await addressesIn(trx))
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${pseudonym} where ${sql.ref(column)} = ${person.email}`.execute(
        trx,
      );
    // What Stripe told us, and what a bank was answered, quote it.
    await sql`update stripe_event set payload = replace(payload::text, ${person.email}, ${pseudonym})::jsonb
      where position(${person.email} in payload::text) > 0`.execute(trx);
    await sql`update dispute_evidence set receipt = replace(receipt, ${person.email}, ${pseudonym}),
        access_log = replace(access_log, ${person.email}, ${pseudonym}), product = replace(product, ${person.email}, ${pseudonym}),
        statement = replace(statement, ${person.email}, ${pseudonym})
      where buyer_email in (${person.email}, ${pseudonym})`.execute(trx);
    await trx
      .updateTable("member")
      .set({ left_at: now })
      .where("person_id", "=", personId)
      .where("left_at", "is", null)
      .execute();
    await trx
      .updateTable("person")
      .set({ email: pseudonym, name: null, erased_at: now })
      .where("id", "=", personId)
      .execute();
    await keepTrace(trx, house, {
      coopId: null,
      by: personId,
      verb: "erase-person",
      subject: `person:${personId}`,
    });
  });
}

async function refuseWhileSomethingStands(
  trx: Transaction<DB>,
  { personId, email }: { personId: string; email: string },
): Promise<void> {
  const { rows } = await sql<{ role: boolean; owed: boolean; works: boolean; sale: boolean }>`
    with seat as (select id from member where person_id = ${personId}::uuid)
    select exists (select from coop_role where person_id = ${personId}::uuid) as role,
      exists (select from posting where account in (select 'member:' || id from seat union all select 'unclaimed:' || id from seat)
        group by account having sum(amount) <> 0)
        or exists (select from transfer t join payout_account a on a.id = t.payout_account_id
          where a.member_id in (select id from seat) and t.state in ('intended', 'stuck')) as owed,
      exists (select from work where member_id in (select id from seat) and state in ('published', 'submitted')) as works,
      exists (select from sale s where (s.person_id = ${personId}::uuid or s.email = ${email})
        and (s.state = 'open' or (s.state = 'paid' and s.split_at is null)
          or exists (select from dispute d where d.sale_id = s.id and d.state in ('inquiry', 'open')))) as sale`.execute(
    trx,
  );
  const standing = rows[0]!;
  if (standing.role) throw new Refusal("erasure_role");
  if (standing.owed) throw new Refusal("erasure_owed");
  if (standing.works) throw new Refusal("erasure_works");
  if (standing.sale) throw new Refusal("erasure_sale");
}

/** What would go with the row of a person: it hangs on it alone. */
async function hangingOn(trx: Transaction<DB>): Promise<{ table: string; column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.conrelid::regclass::text as "table", a.attname as "column"
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'person'::regclass and c.confdeltype = 'c'
    order by 1`.execute(trx);
  return rows;
}

/** Where an address stands beside the person's own row: sales, rights, letters, what answers a bank. */
async function addressesIn(trx: Transaction<DB>): Promise<{ table: string; column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as "table", column_name as "column" from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and data_type = 'text'
      and column_name ~ '(^|_)(email|recipient)$' and table_name not in ('person', 'sign_in_link')
    order by 1, 2`.execute(trx);
  return rows;
}
