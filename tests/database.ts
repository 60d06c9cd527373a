import { randomBytes } from "node:crypto";
import { type Database, openDatabase } from "#db/connection.ts";
import { openQueue, type Queue } from "#db/queue.ts";
import { startPostgres } from "#dev/postgres.ts";
import { jobs } from "#domain/jobs.ts";
import { readyTemplate, testCluster } from "./cluster.ts";

export type ScratchDatabase = {
  db: ReturnType<typeof openDatabase>["db"];
  url: string;
  /** A queue that sends; its jobs lie in this database. */
  queue: Queue;
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

/** Every query of db/checks/*.sql that found something, with its rows: [] where the books are in order. */
export async function brokenChecks(db: Database): Promise<{ check: string; rows: unknown[] }[]> {
  const { readdir, readFile } = await import("node:fs/promises");
  const { sql } = await import("kysely");
  const folder = new URL("../db/checks/", import.meta.url);
  const broken: { check: string; rows: unknown[] }[] = [];
  for (const check of (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort()) {
    const { rows } = await sql.raw(await readFile(new URL(check, folder), "utf8")).execute(db);
    if (rows.length > 0) broken.push({ check, rows });
  }
  return broken;
}
