import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import pg from "pg";
import { openDatabase } from "#db/connection.ts";
import { openQueue } from "#db/queue.ts";
import { startPostgres } from "#dev/postgres.ts";
import { jobs } from "#domain/jobs.ts";
import { readyTemplate, testCluster } from "#tests/cluster.ts";
import type { ScratchDatabase } from "#tests/database.ts";
import { hangBell } from "./bell.ts";
import { listenIn } from "./statements.ts";

/** A database on which many histories are played, one after another. */
export type Ground = {
  /**
   * As one history is to find it. `whole`: its jobs lie in the queue's table, and a cut ends sessions at the server; else jobs are
   * rung on a bell and a cut is told to who holds a connection (`listenIn`), which leaves the same to be borne in half the time.
   */
  database(how: { whole: boolean }): Promise<ScratchDatabase>;
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
 * `restarts`: on a cluster of its own, which may be restarted without harm to the tests of others. `cpu`: where this process was
 * bound to one processor, its sessions are bound to the same, which wakes them in half the time.
 */
export async function openGround({
  restarts = false,
  cpu,
}: {
  restarts?: boolean;
  cpu?: number | undefined;
} = {}): Promise<Ground> {
  const cluster = restarts
    ? { ...testCluster, dataDir: new URL("../../.data/chaos-histories-postgres", import.meta.url).pathname }
    : testCluster;
  const [postgres, { template }] = await Promise.all([startPostgres(cluster), readyTemplate(cluster)]);
  const name = `t_chaos_${process.pid}_${randomBytes(3).toString("hex")}`;
  await postgres.createDatabase(name, template);
  const url = postgres.url(name);
  let aside = await connect(url);
  // Nobody needs to survive a power cut here; and plans of queries this small are never worth compiling.
  for (const setting of ["synchronous_commit = off", "jit = off", "plan_cache_mode = force_generic_plan"])
    await aside.query(`alter database ${pg.escapeIdentifier(name)} set ${setting}`);
  const tables = await tablesToEmpty(aside);

  /** Connections of their own for either way: sessions that are ended take what they had prepared with them. */
  const open = async (whole: boolean) => {
    const bell = hangBell();
    const { db, pool } = openDatabase(url, { max: 8 });
    if (cpu !== undefined) pool.on("connect", (client) => bindTo(cpu, client));
    const fire = listenIn(pool, bell, {
      isReal: whole,
      end: async (sessions) => {
        await aside.query("select pg_terminate_backend(pid) from unnest($1::integer[]) as pid", [sessions]);
      },
    });
    const queue = await openQueue({ pool, work: false, names: Object.keys(jobs), onError: () => {} });
    const database: ScratchDatabase = {
      db,
      url,
      queue: whole ? queue : bell.queueLike(queue),
      ...(!whole && { takeJob: bell.take }),
      underFire: fire.under,
      cutAt: fire.cutAt,
      async restart() {
        await aside.end();
        await postgres.restart();
        aside = await connect(url);
      },
      close: async () => {},
    };
    const forget = () => {
      fire.cease();
      bell.clear();
    };
    const close = async () => {
      await queue.close();
      await db.destroy();
    };
    return { database, cuts: fire.cuts, forget, close };
  };
  const opened = new Map<boolean, Awaited<ReturnType<typeof open>>>();
  let played = 0;
  return {
    async database({ whole }) {
      const side = opened.get(whole) ?? (await open(whole));
      opened.set(whole, side);
      return side.database;
    },
    cuts: () => [...opened.values()].reduce((all, side) => all + side.cuts(), 0),
    async clear() {
      for (const side of opened.values()) side.forget();
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
      for (const side of opened.values()) await side.close();
      await aside.end();
      await postgres.dropDatabase(name);
      if (restarts) await postgres.stop();
    },
  };
}

/** Where the system lets nobody do that, it goes on as it was. */
function bindTo(cpu: number, client: pg.PoolClient): void {
  const { processID } = client as unknown as { processID: number };
  execFile("taskset", ["-cp", String(cpu), String(processID)], () => {});
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
