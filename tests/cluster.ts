import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "#db/migrate.ts";
import { openQueue } from "#db/queue.ts";
import { startPostgres } from "#dev/postgres.ts";
import { jobs } from "#domain/jobs.ts";

declare module "vitest" {
  interface ProvidedContext {
    postgres: { host: string; template: string };
  }
}

/** Where the cluster of the tests lies; `npm test` stops it when all is done. */
export const testCluster = {
  dataDir: new URL("../.data/test-postgres", import.meta.url).pathname,
  durable: false,
};

/**
 * One PostgreSQL for the run and one migrated template, named after what it is made of: each test file copies it, which takes
 * a tenth of a second where migrating takes two.
 */
export default async function setup(project: TestProject): Promise<void> {
  project.provide("postgres", await readyTemplate());
}

export async function readyTemplate(cluster = testCluster): Promise<{ host: string; template: string }> {
  const postgres = await startPostgres(cluster);
  const template = `template_${await fingerprint()}`;
  const client = new pg.Client({ connectionString: postgres.url("postgres") });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(7361002)"); // two runs at once make it once
    const { rowCount } = await client.query("select from pg_database where datname = $1", [template]);
    if (rowCount === 0) {
      const making = `${template}_${process.pid}`;
      await postgres.createDatabase(making);
      await migrate(postgres.url(making));
      const pool = new pg.Pool({ connectionString: postgres.url(making) });
      const queue = await openQueue({ pool, work: false, names: Object.keys(jobs), onError: () => {} });
      await queue.close();
      await pool.end();
      await client.query(`alter database "${making}" rename to "${template}"`);
    }
  } finally {
    await client.end();
  }
  return { host: postgres.host, template };
}

async function fingerprint(): Promise<string> {
  const folder = new URL("../db/migrations/", import.meta.url);
  const hash = createHash("sha256").update(Object.keys(jobs).join());
  for (const name of (await readdir(folder)).sort()) hash.update(await readFile(new URL(name, folder)));
  for (const each of ["queue.ts", "grants.sql"])
    hash.update(await readFile(new URL(`../db/${each}`, import.meta.url)));
  return hash.digest("hex").slice(0, 12);
}
