import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { v7 } from "uuid";
import { openSale } from "#domain/sales/open-sale.server.ts";
import { settleSale } from "#domain/sales/settle-sale.server.ts";
import type { Checkout, StripeGateway } from "#gateways/stripe.ts";
import { setStage } from "#tests/stories/stage.ts";
import { durableDatabase, median, withClients } from "./durable.ts";

// Sales settled a second (sale and split posted, rights given, jobs rung), against pgbench's tpcb-like transactions a second on the same
// server with the same clients, in turn. Stripe answers at once from memory: what is measured is our books and PostgreSQL.

// Sizes of a run.
const clients = 8;
const rounds = 3;
const salesARound = 1_500;
const secondsOfPgbench = 10;
const scale = 10;
const works = 100;

function findPgbench(): string {
  const debian = "/usr/lib/postgresql";
  const found = existsSync(debian)
    ? readdirSync(debian).map((version) => join(debian, version, "bin/pgbench"))
    : [];
  const path = [...found, "/usr/bin/pgbench"].find((each) => existsSync(each));
  if (!path) throw new Error("pgbench is not here: apt-get install postgresql-contrib");
  return path;
}

const { postgres, database } = await durableDatabase(clients);
const { db } = database;
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
    { database },
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
    await withClients(clients, salesARound, async (i) => {
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
    await withClients(clients, salesARound, (i) => settleSale(db, house, { saleId: sales[i]! }));
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
  await stage.close();
} finally {
  await postgres.stop();
}
process.exit(0);
