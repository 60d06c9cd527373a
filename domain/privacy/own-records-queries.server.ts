import { sql } from "kysely";
import type { Database } from "#db/connection.ts";

/** All rows of one table that are about somebody; a section without rows is left out. */
export type OwnRecords = { table: string; rows: Record<string, unknown>[] };

type Column = { table: string; column: string };

/**
 * Everything that the house keeps in this person's name: rows that refer to them, to a membership of theirs, or that carry their
 * address, whichever the tables are by now; and the postings on their accounts. What is secret (hashes, keys: all that is binary) is
 * left out. Two questions, however many tables.
 */
export async function ownRecords(
  db: Database,
  { personId, email }: { personId: string; email: string },
): Promise<OwnRecords[]> {
  const { rows: columns } = await sql<Column>`
    select c.table_name as "table", c.column_name as "column" from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
      and ((c.data_type = 'uuid' and c.column_name in ('person_id', 'member_id'))
        or (c.data_type = 'text' and c.column_name ~ '(^|_)(email|recipient)$')
        or (c.table_name = 'person' and c.column_name = 'id'))
    order by 1, 2`.execute(db);
  const byTable = Map.groupBy(columns, ({ table }) => table);
  const mine = sql`(select id from member where person_id = ${personId}::uuid)`;
  const parts = [...byTable].map(([table, named]) => {
    const about = named.map(({ column }) => {
      const name = sql.ref(`t.${column}`);
      if (column === "member_id") return sql`${name} in ${mine}`;
      return column === "person_id" || column === "id"
        ? sql`${name} = ${personId}::uuid`
        : sql`${name} = ${email}`;
    });
    return sql`select ${table} as "table", to_jsonb(t) as row from ${sql.table(table)} t where ${sql.join(about, sql` or `)}`;
  });
  const postings = sql`select 'posting' as "table", jsonb_build_object('posted_at', e.posted_at, 'kind', e.kind,
      'sale_id', e.sale_id, 'account', p.account, 'amount', p.amount, 'currency', e.currency) as row
    from posting p join entry e on e.id = p.entry_id
    where p.account in (select 'member:' || id from member where person_id = ${personId}::uuid)`;
  const lines = sql`select 'sale_line' as "table", to_jsonb(l) as row from sale_line l join sale s on s.id = l.sale_id
    where s.person_id = ${personId}::uuid or s.email = ${email}`;
  const { rows } = await sql<{ table: string; row: Record<string, unknown> }>`
    select * from (${sql.join([...parts, postings, lines], sql` union all `)}) found order by 1, row ->> 'id'`.execute(
    db,
  );
  return [...Map.groupBy(rows, ({ table }) => table)].map(([table, found]) => ({
    table,
    rows: found.map(({ row }) => withoutSecrets(row)),
  }));
}

/** PostgreSQL writes what is binary as `\x…`: hashes of tokens, sealed passwords, public keys. */
const withoutSecrets = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).filter(([, value]) => !(typeof value === "string" && value.startsWith("\\x"))),
  );
