import { randomBytes } from "node:crypto";
import pg from "pg";
import { openDatabase } from "#db/connection.ts";
import { openQueue } from "#db/queue.ts";
import { startPostgres } from "#dev/postgres.ts";
import { jobs } from "#domain/jobs.ts";
import { readyTemplate, testCluster } from "#tests/cluster.ts";
import type { ScratchDatabase } from "#tests/database.ts";
import { listenIn } from "./statements.ts";

/** A database on which many histories are played, one after another. */
export type Ground = {
  database: ScratchDatabase;
  /** Forgets the history that was played, books and all. */
  clear(): Promise<void>;
  /** How many times the connections were cut. */
  cuts(): number;
  close(): Promise<void>;
};

/** After so many histories the rows that were deleted are given up, so that the last one goes as fast as the first. */
const truncateEvery = 40;

/**
 * Making a database takes as long as playing a history, so one is made and emptied between two. The ledger refuses that of
 * everybody; as a replica, which fires no trigger, the owner of the machine may.
 * `restarts`: on a cluster of its own, which may be restarted without harm to the tests of others.
 */
export async function openGround({ restarts = false } = {}): Promise<Ground> {
  const cluster = restarts
    ? { ...testCluster, dataDir: new URL("../../.data/chaos-histories-postgres", import.meta.url).pathname }
    : testCluster;
  const [postgres, { template }] = await Promise.all([startPostgres(cluster), readyTemplate(cluster)]);
  const name = `t_chaos_${process.pid}_${randomBytes(3).toString("hex")}`;
  await postgres.createDatabase(name, template);
  let aside = await connect(postgres.url(name));
  // Nobody needs to survive a power cut here; and plans of queries this small are never worth compiling.
  for (const setting of ["synchronous_commit = off", "jit = off", "plan_cache_mode = force_generic_plan"])
    await aside.query(`alter database ${pg.escapeIdentifier(name)} set ${setting}`);
  const url = postgres.url(name);
  const { db, pool } = openDatabase(url, { max: 8 });
  const fire = listenIn(pool, async () => {
    await aside.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
  });
  const queue = await openQueue({ pool, work: false, names: Object.keys(jobs), onError: () => {} });
  const tables = await tablesToEmpty(aside);
  let played = 0;
  return {
    database: {
      db,
      url,
      queue,
      underFire: fire.under,
      cutAt: fire.cutAt,
      async restart() {
        await aside.end();
        await postgres.restart();
        aside = await connect(url);
      },
      close: async () => {},
    },
    cuts: fire.cuts,
    async clear() {
      fire.cease();
      played += 1;
      const statements =
        played % truncateEvery === 0
          ? `truncate ${tables.join(", ")}`
          : tables.map((table) => `delete from ${table}`).join("; ");
      await aside.query(
        `set session_replication_role = replica; ${statements}; reset session_replication_role`,
      );
    },
    async close() {
      await queue.close();
      await db.destroy();
      await aside.end();
      await postgres.dropDatabase(name);
      if (restarts) await postgres.stop();
    },
  };
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return client;
}

/** What was empty when the database was made: the rest came with the migrations and is no part of a history. */
async function tablesToEmpty(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where schemaname = 'public'",
  );
  const empty: string[] = ["pgboss.job"];
  for (const { name } of rows) {
    const { rowCount } = await client.query(`select from ${name} limit 1`);
    if (rowCount === 0) empty.push(name);
  }
  return empty;
}
