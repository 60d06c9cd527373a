import { sql } from "kysely";
import { v7 } from "uuid";
import { expect, test } from "vitest";
import { openDatabase } from "#db/connection.ts";
import { migrate } from "#db/migrate.ts";
import { openQueue } from "#db/queue.ts";
import { startPostgres } from "#dev/postgres.ts";
import { jobs } from "#domain/jobs.ts";
import { brokenChecks } from "#tests/database.ts";
import { open, openMarket, pay } from "#tests/integration/market.ts";
import { startWorker, until } from "./worker.ts";

const worker = new URL("../../workers/index.ts", import.meta.url);

/** The same again until it is done, as a person who reloads the page: nothing here may be done twice by it. */
async function insist<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (tries === 60) throw error;
      await new Promise((wake) => setTimeout(wake, 250));
    }
  }
}

/** A cluster of its own: the others' tests go on meanwhile. Durable, as the real one: what was committed must be there. */
async function openOwnMarket() {
  const postgres = await startPostgres({
    dataDir: new URL("../../.data/chaos-postgres", import.meta.url).pathname,
    durable: true,
  });
  const name = `t_${v7().replaceAll("-", "")}`;
  await postgres.createDatabase(name);
  const url = postgres.url(name);
  await migrate(url);
  const { db, pool } = openDatabase(url, { max: 8 });
  const queue = await openQueue({ pool, work: false, names: Object.keys(jobs), onError: () => {} });
  const close = async () => {
    await queue.close();
    await db.destroy();
  };
  const stage = await openMarket({ real: true, database: { db, url, queue, close } });
  const sent = async () =>
    (await db.selectFrom("transfer").select("id").where("state", "=", "sent").execute()).length;
  return { postgres, db, url, stage, sent };
}

test("PostgreSQL is restarted while thirty people buy: no sale is lost or doubled, every entry balances", {
  timeout: 240_000,
}, async () => {
  const { postgres, db, url, stage, sent } = await openOwnMarket();
  const child = startWorker(worker, { databaseUrl: url, stripeUrl: stage.double.url });
  try {
    const buyers = Array.from({ length: 30 }, (_, i) => ({
      saleId: v7(),
      works: i % 2 ? ["L1", "M1"] : ["M1"],
    }));
    const buying = Promise.all(
      buyers.map(async ({ saleId, works }, i) => {
        await new Promise((wake) => setTimeout(wake, i * 150));
        await insist(() => open(stage, works, { saleId }));
        await insist(() => pay(stage, saleId));
      }),
    );
    // In the thick of it: the worker has sent something, and most is still to come.
    await until("the first transfers are sent", 60, () => insist(async () => (await sent()) >= 3));
    await postgres.restart();
    await buying;
    // Events that found no database are sent again by Stripe within seconds; what is lost all the same is the sweep's.
    const wanted = buyers.reduce((all, { works }) => all + (works.length === 2 ? 7 : 4), 0);
    await until("all transfers are sent", 150, () => insist(async () => (await sent()) === wanted));
    const sales = await db.selectFrom("sale").select(["id", "state", "split_at"]).execute();
    expect(sales).toHaveLength(buyers.length);
    expect(sales.every((sale) => sale.state === "paid" && sale.split_at)).toBe(true);
    const { charges, transfers, sessions } = await stage.double.control.snapshot();
    expect([charges.length, sessions.length, transfers.length]).toEqual([30, 30, wanted]);
    expect(await brokenChecks(db)).toEqual([]);
  } finally {
    await child.stop();
    await stage.close();
    await postgres.stop();
  }
});

test.for([0, 150, 500])(
  "PostgreSQL is restarted %d ms after the worker first spoke to it: it comes up all the same and does what waited",
  { timeout: 180_000 },
  async (ms) => {
    const { postgres, db, url, stage, sent } = await openOwnMarket();
    const connections = async () => {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int from pg_stat_activity where datname = current_database()`.execute(db);
      return rows[0]!.count;
    };
    try {
      const { saleId } = await open(stage, ["L1"]);
      await pay(stage, saleId);
      await stage.double.control.settled();
      const ours = await connections();
      const child = startWorker(worker, { databaseUrl: url, stripeUrl: stage.double.url });
      try {
        await until("the worker has a connection", 60, async () => (await connections()) > ours);
        await new Promise((wake) => setTimeout(wake, ms));
        await postgres.restart();
        await until("the three transfers are sent", 90, () => insist(async () => (await sent()) === 3));
        expect(child.process.exitCode).toBeNull();
        expect(await brokenChecks(db)).toEqual([]);
      } finally {
        await child.stop();
      }
    } finally {
      await stage.close();
      await postgres.stop();
    }
  },
);
