import { Kysely, PostgresDialect, type Transaction } from "kysely";
import pg from "pg";
import { prepareMarked } from "./prepared.ts";
import type { DB } from "./schema.ts";

/** A pool or a transaction: what every verb and query of the domain takes first. */
export type Database = Kysely<DB> | Transaction<DB>;

// Counts and amounts fit a double far below 2^53; a value that does not is a bug to be told, not rounded.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint out of range: ${text}`);
  return value;
});
// A date of the calendar has no hour and no zone: it stays the text that it is.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** The role that the application works under: it may do everything but write in the books beside their door (grants.sql). */
const applicationRole = "ventes_app";

/**
 * Takes the application's role for this connection where the database has it and the login may. Returns whether it did; where not,
 * the login's own rights stay, and the triggers on the books are what refuses.
 */
export async function takeApplicationRole(client: pg.ClientBase): Promise<boolean> {
  // PostgreSQL 15 has no right of its own for SET ROLE: there, a member may.
  const { rowCount } = await client.query(
    `select set_config('role', rolname, false) from pg_roles
     where rolname = $1 and has_table_privilege(oid, to_regclass('public.sale'), 'insert')
       and pg_has_role(oid, case when current_setting('server_version_num')::integer >= 160000 then 'SET' else 'MEMBER' end)`,
    [applicationRole],
  );
  return rowCount === 1;
}

/** How node-postgres is told where the database is; a unix socket is `postgres://user@localhost/db?host=/folder`. */
export function openDatabase(
  url: string,
  options: { max?: number; onError?: (error: Error) => void } = {},
): { db: Kysely<DB>; pool: pg.Pool } {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: "ventes.coop",
    // Before anybody is lent the connection.
    onConnect: async (client) => {
      prepareMarked(client);
      await takeApplicationRole(client);
    },
  });
  // Without a listener, a restart of PostgreSQL ends the process; with it, the pool opens new connections.
  const onError = options.onError ?? (() => {});
  pool.on("error", onError);
  // The pool listens for its idle clients only: one lent to a transaction, cut between two of its queries, would do the same.
  pool.on("connect", (client) => client.on("error", onError));
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool };
}

/** Whether an error says that PostgreSQL is not there at the moment: restarting, not up yet, or cut off; not that it said no. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  // 57P01–57P03: stopping, crashed, starting. 08…: connection exceptions. ENOENT: its socket is not there yet.
  return (
    /^(57P0[123]|08...|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/.test(
      String(code),
    ) ||
    /^(Connection terminated|Client has encountered a connection error|the database system is|terminating connection)/.test(
      String(message),
    )
  );
}

/** Runs in the transaction at hand, or in a new one: the outermost verb opens it. */
export function inTransaction<T>(db: Database, work: (trx: Transaction<DB>) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Transaction<DB>) : db.transaction().execute(work);
}
