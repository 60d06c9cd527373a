import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { durableDatabase, median } from "./durable.ts";
import { openSales, openShop, settleAll } from "./paid-sales.ts";
import { family, processorSeconds } from "./processor.ts";

// Sales settled a second (sale and split posted, rights given, jobs rung), against pgbench's tpcb-like transactions a second on the same
// server with the same clients, in turn. Stripe answers at once from memory: what is measured is our books and PostgreSQL.

// Sizes of a run.
const clients = 8;
/** As the worker takes them when many wait. */
const atOnce = 25;
const rounds = 3;
const salesARound = 1_500;
const secondsOfPgbench = 10;
const scale = 10;
const works = 100;

/** Settled a second, and ms of processor for each. */
type Figure = { rate: number; node: number; postgres: number };

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
  const shop = await openShop(database, { works });
  const server = Number(readFileSync(join(postgres.dataDir, "postmaster.pid"), "utf8").split("\n")[0]);
  const alone: Figure[] = [];
  const together: Figure[] = [];
  const theirs: number[] = [];
  const measure = async (atOnce: number): Promise<Figure> => {
    const sales = await openSales(shop, { clients, count: salesARound });
    const used = () => [process.pid, ...family(server)].map((pid) => processorSeconds(pid));
    const before = used();
    const rate = await settleAll(shop, { clients, sales, atOnce });
    const spent = used().map((seconds, i) => ((seconds - (before[i] ?? 0)) / salesARound) * 1000);
    return { rate, node: spent[0]!, postgres: spent.slice(1).reduce((all, each) => all + each, 0) };
  };
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await measure(1));
    together.push(await measure(atOnce));
    const told = runPgbench("-n", "-c", String(clients), "-j", "2", "-T", String(secondsOfPgbench));
    theirs.push(Number(/tps = ([\d.]+)/.exec(told)?.[1]));
    console.error(
      `round ${round + 1}: ${alone.at(-1)!.rate.toFixed(0)} and ${together.at(-1)!.rate.toFixed(0)} sales/s, pgbench ${theirs.at(-1)?.toFixed(0)}/s`,
    );
  }
  const { count } = await database.db
    .selectFrom("entry")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("kind", "in", ["sale", "split"])
    .executeTakeFirstOrThrow();
  if (count !== rounds * salesARound * 4) throw new Error(`${count} entries, not two for each sale`);
  const row = (what: string, figures: Figure[]) => {
    const of = (read: (figure: Figure, i: number) => number) => median(figures.map(read));
    const ms = (read: (figure: Figure) => number) => `${of(read).toFixed(2)} ms`;
    return `| ${what} | ${of(({ rate }) => rate).toFixed(0)} | ${of(({ rate }, i) => rate / theirs[i]!).toFixed(2)} | ${ms(({ node }) => node)} | ${ms((each) => each.postgres)} |`;
  };
  console.log(
    [
      `| ${clients} clients, ${cpus().length} cores, Node ${process.version}, median of ${rounds} | a second | ratio | processor of node | of PostgreSQL |`,
      "|---|---|---|---|---|",
      row(`sales settled, ${atOnce} in a transaction`, together),
      row("sales settled, each by itself", alone),
      `| pgbench tpcb-like (scale ${scale}) | ${median(theirs).toFixed(0)} | 1 | | |`,
    ].join("\n"),
  );
  await database.close();
} finally {
  await postgres.stop();
}
process.exit(0);
