import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import pg from "pg";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "#db/connection.ts";
import { migrate } from "#db/migrate.ts";
import { openQueue } from "#db/queue.ts";
import { plantSeeds } from "#db/seed.ts";
import { type Postgres, startPostgres } from "#dev/postgres.ts";
import { jobs } from "#domain/jobs.ts";
import { post } from "#domain/ledger/post.server.ts";
import { setClock } from "#gateways/clock.ts";
import { testCluster } from "#tests/cluster.ts";

// As hosts give it: a login that owns its database and is no superuser, and perhaps a second one that owns nothing.
const tail = `${process.pid}_${randomBytes(3).toString("hex")}`;
const owner = `house_${tail}`;
const web = `web_${tail}`;
const database = `logins_${tail}`;
const house = { clock: setClock("2026-03-02T10:00:00-05:00") };

let postgres: Postgres;
let admin: pg.Client;
const urlOf = (login: string) =>
  postgres.url(database).replace("postgres://postgres@", `postgres://${login}@`);

beforeAll(async () => {
  postgres = await startPostgres(testCluster);
  admin = new pg.Client({ connectionString: postgres.url("postgres") });
  await admin.connect();
  await admin.query(`create role ${owner} login`);
  await admin.query(`create role ${web} login`);
  await admin.query(`create database ${database} owner ${owner}`);
});
afterAll(async () => {
  await postgres.dropDatabase(database);
  await admin.query(`drop role ${owner}`);
  await admin.query(`drop role ${web}`);
  await admin.end();
});

/** Does, as a login, what a process of the house does: opens the queue, posts, rings a job, does it. Says what stops a direct insert. */
async function live(login: string, key: string): Promise<{ role: string; no: string }> {
  const { db, pool } = openDatabase(urlOf(login), { max: 3 });
  const queues = [
    await openQueue({ pool, work: false, names: Object.keys(jobs), onError: () => {} }),
    await openQueue({ url: urlOf(login), work: true, names: Object.keys(jobs), onError: () => {} }),
  ] as const;
  try {
    const member = `member:${v7()}`;
    const postings = [
      { account: "bank", amount: 5 },
      { account: member, amount: -5 },
    ];
    await db.transaction().execute(async (trx) => {
      expect(await post(trx, house, { key, kind: "payout", postings })).toBe(true);
      await queues[0].enqueue(trx, "sweep-people", {});
    });
    const [job] = await queues[1].boss.fetch("sweep-people");
    await queues[1].boss.complete("sweep-people", job!.id);
    const { balance } = await db
      .selectFrom("account_balance")
      .select("balance")
      .where("account", "=", member)
      .executeTakeFirstOrThrow();
    expect(balance).toBe(-5);
    const { rows } = await sql<{ role: string }>`select current_user as role`.execute(db);
    const no = await sql`insert into account_balance_slot values ('member:x', -1)`
      .execute(db)
      .catch((error: Error) => error.message);
    return { role: rows[0]!.role, no: String(no) };
  } finally {
    for (const queue of queues) await queue.close();
    await db.destroy();
  }
}

test("the owner migrates, twice, without being a superuser or making roles", async () => {
  expect((await migrate(urlOf(owner))).length).toBeGreaterThan(0);
  expect(await migrate(urlOf(owner))).toEqual([]);
  await plantSeeds(urlOf(owner));
});

test("where the role cannot be taken, everything works as the owner, and triggers hold it", async () => {
  expect(await live(owner, "k1")).toEqual({
    role: owner,
    no: expect.stringContaining("by post_entries alone"),
  });
});

test("once an administrator has granted it, the owner's connections work in the application's role", async () => {
  await admin.query(`grant ventes_app to ${owner}`);
  expect(await live(owner, "k2")).toEqual({
    role: "ventes_app",
    no: expect.stringContaining("permission denied"),
  });
});

test("a second login that owns nothing does all that the house does, and cannot give its role back for a better one", async () => {
  await admin.query(`grant ventes_app to ${web}`);
  expect(await live(web, "k3")).toEqual({
    role: "ventes_app",
    no: expect.stringContaining("permission denied"),
  });
  const client = new pg.Client({ connectionString: urlOf(web) });
  await client.connect();
  await client.query("reset role");
  await expect(client.query("insert into account_balance_slot values ('member:x', -1)")).rejects.toThrow(
    "permission denied",
  );
  await expect(client.query(`set role ${owner}`)).rejects.toThrow("permission denied");
  await client.end();
});
