import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "#db/connection.ts";
import { migrate } from "#db/migrate.ts";
import { openQueue } from "#db/queue.ts";
import { type Postgres, startPostgres } from "#dev/postgres.ts";
import { jobs } from "#domain/jobs.ts";
import type { ScratchDatabase } from "#tests/database.ts";

/** A server and a migrated database of one's own that survive a power cut, as in production: what is measured pays for that. */
export async function durableDatabase(
  max: number,
): Promise<{ postgres: Postgres; database: ScratchDatabase }> {
  const dataDir = await mkdtemp(join(tmpdir(), "ventes-figures-"));
  const postgres = await startPostgres({ dataDir: join(dataDir, "postgres"), durable: true });
  await postgres.createDatabase("figures");
  const url = postgres.url("figures");
  await migrate(url);
  const { db, pool } = openDatabase(url, { max });
  const queue = await openQueue({ pool, work: false, names: Object.keys(jobs), onError: () => {} });
  const close = async () => {
    await queue.close();
    await db.destroy();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { postgres, database: { db, url, queue, close } };
}

export const median = (values: readonly number[]): number => atShare(values, 0.5);

/** The value below which this share of the others lies: 0.95 is p95. */
export function atShare(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

/** Does `one` so many times, as many at once as there are clients. */
export async function withClients(
  clients: number,
  times: number,
  one: (i: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < times) await one(next++);
    }),
  );
}
