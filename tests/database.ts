import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { type Database, openDatabase } from "#db/connection.ts";
import { openQueue, type Queue } from "#db/queue.ts";
import type { DB } from "#db/schema.ts";
import { startPostgres } from "#dev/postgres.ts";
import { jobs } from "#domain/jobs.ts";
import { readyTemplate, testCluster } from "./cluster.ts";

export type ScratchDatabase = {
  /** As the application: it may not write in the books. */
  db: ReturnType<typeof openDatabase>["db"];
  url: string;
  /** A queue that sends; its jobs lie in this database. */
  queue: Queue;
  /** Of a database that is to be struck (`tests/chaos`): statements of this work count. */
  underFire?: <T>(work: () => Promise<T>) => Promise<T>;
  /** All connections are cut at the nth statement under fire: before it is sent, or with its answer lost. */
  cutAt?: (cut: { statements: number; answer: "none" | "lost" }) => void;
  restart?: () => Promise<void>;
  /** Where its jobs do not lie in the queue's table: the next of them, out of wherever they are. */
  takeJob?: () => { name: string; data: object } | undefined;
  close(): Promise<void>;
};

/** A fresh, migrated database of one's own, as a copy of the template; gone when closed. */
export async function freshDatabase(options: { max?: number } = {}): Promise<ScratchDatabase> {
  const [postgres, { template }] = await Promise.all([startPostgres(testCluster), readyTemplate()]);
  const name = `t_${process.pid}_${randomBytes(4).toString("hex")}`;
  await postgres.createDatabase(name, template);
  const url = postgres.url(name);
  const { db, pool } = openDatabase(url, { max: options.max ?? 10 });
  const queue = await openQueue({ pool, work: false, names: Object.keys(jobs), onError: () => {} });
  return {
    db,
    url,
    queue,
    async close() {
      await queue.close();
      await db.destroy();
      await postgres.dropDatabase(name);
    },
  };
}

/** A connection as the owner of the tables, who may do what the application may not. */
export function openAsOwner(url: string): Kysely<DB> {
  return new Kysely<DB>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 2 }) }),
  });
}

/** Every query of db/checks/*.sql that found something, with its rows: [] where the books are in order. */
export async function brokenChecks(db: Database): Promise<{ check: string; rows: unknown[] }[]> {
  checks ??= readChecks();
  const broken: { check: string; rows: unknown[] }[] = [];
  for (const { check, text } of await checks) {
    const { rows } = await sql.raw(text).execute(db);
    if (rows.length > 0) broken.push({ check, rows });
  }
  return broken;
}

let checks: Promise<{ check: string; text: string }[]> | undefined;

async function readChecks(): Promise<{ check: string; text: string }[]> {
  const folder = new URL("../db/checks/", import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (check) => ({ check, text: await readFile(new URL(check, folder), "utf8") })),
  );
}
