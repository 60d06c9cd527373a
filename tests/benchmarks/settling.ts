import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { v7 } from "uuid";
import { openDatabase } from "#db/connection.ts";
import { migrate } from "#db/migrate.ts";
import { openQueue } from "#db/queue.ts";
import { startPostgres } from "#dev/postgres.ts";
import { jobs } from "#domain/jobs.ts";
import { openSale } from "#domain/sales/open-sale.server.ts";
import { settleSale } from "#domain/sales/settle-sale.server.ts";
import type { Checkout, StripeGateway } from "#gateways/stripe.ts";
import { setStage } from "#tests/stories/stage.ts";

// Sales settled a second (sale and split posted, rights given, jobs rung), against pgbench's tpcb-like transactions a second on the same
// server with the same clients, in turn. Stripe answers at once from memory: what is measured is our books and PostgreSQL.

// Sizes of a run.
const clients = 8;
const rounds = 3;
const salesARound = 1_500;
const secondsOfPgbench = 10;
const scale = 10;
const works = 100;

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

function findPgbench(): string {
  const debian = "/usr/lib/postgresql";
  const found = existsSync(debian)
    ? readdirSync(debian).map((version) => join(debian, version, "bin/pgbench"))
    : [];
  const path = [...found, "/usr/bin/pgbench"].find((each) => existsSync(each));
  if (!path) throw new Error("pgbench is not here: apt-get install postgresql-contrib");
  return path;
}

/** Work for as many at once as there are clients. */
async function withClients(count: number, one: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < count) await one(next++);
    }),
  );
}

const dataDir = await mkdtemp(join(tmpdir(), "ventes-settling-"));
const postgres = await startPostgres({ dataDir: join(dataDir, "postgres"), durable: true });
const pgbench = findPgbench();
const host = postgres.host;
const runPgbench = (...options: string[]) =>
  execFileSync(pgbench, ["-h", host, "-U", "postgres", ...options, "tpcb"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
try {
  await postgres.createDatabase("tpcb");
  runPgbench("-i", "-s", String(scale));
  await postgres.createDatabase("sales");
  await migrate(postgres.url("sales"));
  const { db, pool } = openDatabase(postgres.url("sales"), { max: clients });
  const queue = await openQueue({ pool, work: false, names: Object.keys(jobs), onError: () => {} });
  const members = ["ana", "benoit", "chloe"];
  const from = "2026-01-01T00:00:00-05:00";
  const stage = await setStage(
    {
      name: "settling",
      title: "Many sales",
      start: "2026-03-02T10:00:00-05:00",
      currency: "cad",
      coops: [{ id: "A", account: "platform" }],
      members: members.map((id) => ({ id, account: "none" as const })),
      rules: [
        {
          id: "R1",
          coop: "A",
          from,
          voted: "2025-12-10T19:00:00-05:00",
          steps: [
            { kind: "fee", borne_by: "all" },
            { kind: "percent", bp: 1000, to: "operating" },
            { kind: "percent", bp: 200, to: "solidarity" },
            { kind: "shares" },
          ],
        },
      ],
      works: Array.from({ length: works }, (_, i) => ({
        id: `W${i}`,
        coop: "A",
        price: 1500,
        shares: members.map((member, parts) => ({ member, parts: parts + 1 })),
      })),
      taxes: [{ id: "tps", place: "CA-QC", percent: "5" }],
      steps: [],
    } as unknown as Parameters<typeof setStage>[0],
    { database: { db, url: postgres.url("sales"), queue, close: async () => {} } },
  );
  const stripe: Partial<StripeGateway> = {
    openCheckout: async () => ({ id: `cs_${v7()}`, url: "https://stripe.test" }) as never,
    fetchCheckout: async (id) => paid(id),
  };
  const house = { ...stage.house, stripe: stripe as StripeGateway };
  const paid = (id: string): Checkout =>
    ({
      id,
      state: "complete",
      paymentStatus: "paid",
      paymentIntentId: `pi_${id}`,
      chargeId: `ch_${id}`,
      balanceTransaction: { id: `txn_${id}`, amount: 1575, fee: 76, net: 1499, currency: "cad" },
      amountRefunded: 0,
      disputed: false,
      amountTotal: 1575,
      currency: "cad",
    }) as never;

  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const sales: string[] = [];
    await withClients(salesARound, async (i) => {
      const workId = stage.works.get(`W${i % works}`)!;
      const { saleId } = await openSale(db, house, {
        email: `lectrice-${i}@exemple.org`,
        locale: "fr",
        place: "CA-QC",
        lines: [{ workId, quantity: 1 }],
        urls: () => ({ successUrl: "https://shop.test/a", cancelUrl: "https://shop.test/b" }),
      });
      sales.push(saleId);
    });
    const begun = performance.now();
    await withClients(salesARound, (i) => settleSale(db, house, { saleId: sales[i]! }));
    ours.push(salesARound / ((performance.now() - begun) / 1000));
    const told = runPgbench("-n", "-c", String(clients), "-j", "2", "-T", String(secondsOfPgbench));
    theirs.push(Number(/tps = ([\d.]+)/.exec(told)?.[1]));
    console.error(
      `round ${round + 1}: ${ours.at(-1)?.toFixed(0)} sales/s, pgbench ${theirs.at(-1)?.toFixed(0)}/s`,
    );
  }
  const { count } = await db
    .selectFrom("entry")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("kind", "in", ["sale", "split"])
    .executeTakeFirstOrThrow();
  if (count !== rounds * salesARound * 2) throw new Error(`${count} entries, not two for each sale`);
  const ratios = ours.map((each, i) => each / theirs[i]!);
  console.log(
    [
      `| ${clients} clients, ${cpus().length} cores, one Node process, Node ${process.version} | median of ${rounds} |`,
      "|---|---|",
      `| sales settled a second (sale and split posted) | ${median(ours).toFixed(0)} |`,
      `| pgbench tpcb-like (scale ${scale}) a second | ${median(theirs).toFixed(0)} |`,
      `| ratio | ${median(ratios).toFixed(2)} |`,
    ].join("\n"),
  );
  await queue.close();
  await stage.double.close();
  await db.destroy();
} finally {
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}
process.exit(0);
