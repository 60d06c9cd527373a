/**
 * What a million past sales change: the same questions and the same new sales in two houses of one PostgreSQL that survives a power cut, one
 * with ten thousand sales behind it and one with a million, in turn.
 * `node tests/benchmarks/growth.ts [--sales 1000000] [--from 10000] [--data FOLDER] [--only WORDS] [--check]`; `--data`: where the cluster lies, kept and used
 * again by the next run; `--only`: questions with these words, and no sales; `--check`: the house's own checks on both, before anything else.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { type Database, openDatabase } from "#db/connection.ts";
import { migrate } from "#db/migrate.ts";
import { openQueue } from "#db/queue.ts";
import type { DB } from "#db/schema.ts";
import { type Postgres, startPostgres } from "#dev/postgres.ts";
import { jobs } from "#domain/jobs.ts";
import { carryForward } from "#domain/ledger/carry-forward.server.ts";
import { payoutsOfPerson, transfersOfPerson } from "#domain/payouts/queries.server.ts";
import { sendParts } from "#domain/payouts/send-parts.server.ts";
import { sweepPayouts } from "#domain/payouts/sweep-payouts.server.ts";
import { compareBalances } from "#domain/reconciliation/compare-balances.server.ts";
import { findMissing } from "#domain/reconciliation/find-missing.server.ts";
import { earningsByMonth } from "#domain/sales/earnings-queries.server.ts";
import { earningsByWork, salesOfMember } from "#domain/sales/seller-queries.server.ts";
import { settleSale } from "#domain/sales/settle-sale.server.ts";
import { sweepSales } from "#domain/sales/sweep-sales.server.ts";
import { booksFor, entriesFor } from "#domain/transparency/books-queries.server.ts";
import { journalOf } from "#domain/transparency/journal-queries.server.ts";
import { officeFigures, searchSales } from "#domain/transparency/office-queries.server.ts";
import { coopStatement } from "#domain/transparency/statement-coop-queries.server.ts";
import type { Period } from "#domain/transparency/statement-period.ts";
import { movementsOf, statementOf, yearsOf } from "#domain/transparency/statement-queries.server.ts";
import { brokenChecks } from "#tests/database.ts";
import { atShare, median } from "./durable.ts";
import { pastMember, pastPerson, pastWork, writeHistory } from "./history.ts";
import { openSales, openShop, payingHouse, type Shop, settleAll, today } from "./paid-sales.ts";

// Sizes of a run.
const clients = 8;
const rounds = 3;
const salesARound = 400;
const aloneARound = 60;
const asksEach = 11;
/** Rows above which a table counts as one that grows. */
const large = 50_000;
/** What may grow by no more than this. */
const target = 1.2;
const since = "2016-01-01T00:00:00-05:00";
const february: Period = { code: "2026-02", kind: "month", from: "2026-02-01", until: "2026-03-01" };

const { values } = parseArgs({
  options: {
    sales: { type: "string", default: "1000000" },
    from: { type: "string", default: "10000" },
    data: { type: "string" },
    check: { type: "boolean", default: false },
    only: { type: "string", default: "" },
  },
});

type Asked = { text: string; parameters: readonly unknown[] };
type Old = Shop & {
  sales: number;
  coopId: string;
  url: string;
  /** What `work` asked of the database. */
  listen(work: () => Promise<unknown>): Promise<Asked[]>;
  close(): Promise<void>;
};

/** A house with that many sales behind it, as it stands on 2 March 2026; found again where it was written before. */
async function oldHouse(postgres: Postgres, sales: number): Promise<Old> {
  const name = `after_${sales}`;
  const server = await client(postgres.url("postgres"));
  const { rowCount: known } = await server.query("select from pg_database where datname = $1", [name]);
  const making = known ? name : `${name}_making`;
  if (!known) await postgres.dropDatabase(making);
  await postgres.createDatabase(making);
  await migrate(postgres.url(making));
  if (!known) {
    await write(postgres.url(making), sales);
    await server.query(`alter database ${making} rename to ${name}`);
  }
  await server.end();
  return open(postgres.url(name), sales);
}

async function open(url: string, sales: number): Promise<Old> {
  const { pool, queue, close } = await connect(url);
  let heard: Asked[] | null = null;
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void heard?.push({ text: query.sql, parameters: query.parameters }),
  });
  const house = payingHouse({ queue }, today);
  await carryForward(db, house);
  const { id: coopId } = await db.selectFrom("coop").select("id").executeTakeFirstOrThrow();
  const listen: Old["listen"] = async (work) => {
    heard = [];
    await work();
    const all = heard;
    heard = null;
    return all;
  };
  // Works that were sold a hundred times each, the same number in both houses.
  const workIds = Array.from({ length: 90 }, (_, i) => pastWork(i + 5));
  return { db, house, coopId, workIds, sales, url, listen, close };
}

/** As the owner of the tables. */
async function client(url: string): Promise<pg.Client> {
  const one = new pg.Client({ connectionString: url });
  one.on("error", () => {});
  await one.connect();
  return one;
}

async function connect(url: string) {
  const { db, pool } = openDatabase(url, { max: clients });
  const queue = await openQueue({ pool, work: false, names: Object.keys(jobs), onError: () => {} });
  const close = async () => {
    await queue.close();
    await db.destroy();
  };
  return { db, pool, url, queue, close };
}

async function write(url: string, sales: number): Promise<void> {
  const begun = performance.now();
  const database = await connect(url);
  const { coopId, house } = await openShop(database, { works: 1, since });
  const owner = await client(url);
  const tell = (what: string) =>
    process.stderr.write(`\r\x1b[K${((performance.now() - begun) / 1000).toFixed(0)} s: ${what}`);
  await writeHistory(owner, { sales, until: house.clock.now(), coopId, tell });
  await owner.query(
    "insert into coop_role (coop_id, person_id, role, granted_at) values ($1, $2, 'treasurer', $3)",
    [coopId, pastPerson(50), since],
  );
  const { rows } = await owner.query<{ size: string }>(
    "select pg_size_pretty(pg_database_size(current_database())) as size",
  );
  tell(`${sales} sales written, ${rows[0]?.size}\n`);
  await owner.end();
  await database.close();
}

async function holdToChecks(db: Database, sales: number): Promise<void> {
  const broken = await brokenChecks(db);
  const said = broken.map(({ check, rows }) => `${check}: ${rows.length} rows, ${JSON.stringify(rows[0])}`);
  if (broken.length > 0) throw new Error(`after ${sales} sales: ${said.join("; ")}`);
}

type Question = { name: string; ask: (house: Old) => Promise<unknown> };

/** A member like any other: three hundred lines sold, or a hundred of each of three works, in both houses. */
const someone = 50;
const asked = {
  personId: pastPerson(someone),
  memberId: pastMember(someone),
  period: february,
  workId: null,
};
const keeper = pastPerson(someone);
/** Whose earnings grow with the house: a hundredth of all that was ever sold. */
const best = 1;
const sellingMost = {
  personId: pastPerson(best),
  memberId: pastMember(best),
  period: february,
  workId: null,
};

const questions: Question[] = [
  {
    name: "office: figures of the first page",
    ask: ({ db, house, coopId }) => officeFigures(db, house, keeper, coopId),
  },
  {
    name: "office: sales, first page",
    ask: ({ db, coopId }) => searchSales(db, keeper, coopId, { words: "", limit: 51, offset: 0 }),
  },
  {
    name: "office: sales of an address",
    ask: ({ db, coopId }) =>
      searchSales(db, keeper, coopId, { words: "lecteur-700@exemple.org", limit: 51, offset: 0 }),
  },
  {
    name: "office: sale by its number",
    ask: ({ db, coopId }) => searchSales(db, keeper, coopId, { words: "7000", limit: 51, offset: 0 }),
  },
  {
    name: "office: sales by words of a title",
    ask: ({ db, coopId }) => searchSales(db, keeper, coopId, { words: "titre 000050", limit: 51, offset: 0 }),
  },
  { name: "office: books, all accounts", ask: ({ db, coopId }) => booksFor(db, keeper, coopId) },
  {
    name: "office: books, latest entries",
    ask: ({ db, coopId }) => entriesFor(db, keeper, coopId, { account: null, before: null, limit: 20 }),
  },
  {
    name: "office: books, a member's latest entries",
    ask: ({ db, coopId }) =>
      entriesFor(db, keeper, coopId, { account: `member:${asked.memberId}`, before: null, limit: 20 }),
  },
  {
    name: "office: the co-op's statement of a month",
    ask: ({ db, coopId }) => coopStatement(db, { personId: keeper, coopId, period: february }),
  },
  {
    name: "office: journal of a month, first page",
    ask: ({ db, coopId }) =>
      journalOf(db, { personId: keeper, coopId, period: february }, { after: null, entries: 500 }),
  },
  {
    name: "member: earnings page",
    ask: ({ db }) =>
      Promise.all([
        salesOfMember(db, asked.personId, { limit: 51 }),
        earningsByWork(db, asked.personId),
        earningsByMonth(db, asked.personId),
      ]),
  },
  {
    name: "member: payouts page",
    ask: ({ db }) =>
      Promise.all([payoutsOfPerson(db, asked.personId), transfersOfPerson(db, asked.personId)]),
  },
  { name: "member: statement of a month, head", ask: ({ db }) => statementOf(db, asked) },
  {
    name: "member: statement of a month, rows",
    ask: ({ db }) => movementsOf(db, asked, { after: null, entries: 100 }),
  },
  { name: "member: statement, years", ask: ({ db }) => yearsOf(db, asked) },
  { name: "every two minutes: sales looked for", ask: ({ db, house }) => sweepSales(db, house) },
  { name: "every two minutes: payouts looked for", ask: ({ db, house }) => sweepPayouts(db, house) },
  {
    name: "every hour: Stripe's balance against the books",
    ask: ({ db, house }) =>
      compareBalances(db, {
        ...house,
        stripe: {
          ...house.stripe,
          fetchBalance: async () => ({ available: { cad: 0 }, pending: {} }),
        } as never,
      }),
  },
  { name: "every hour: entries that Stripe does not list", ask: ({ db, house }) => findMissing(db, house) },
];
/** What is bound to grow with what one sold oneself; told, and held to nothing. */
const ofTheBest: Question[] = [
  {
    name: "who sold a hundredth of everything: earnings page",
    ask: ({ db }) =>
      Promise.all([
        salesOfMember(db, sellingMost.personId, { limit: 51 }),
        earningsByWork(db, sellingMost.personId),
        earningsByMonth(db, sellingMost.personId),
      ]),
  },
  {
    name: "who sold a hundredth of everything: statement, head",
    ask: ({ db }) => statementOf(db, sellingMost),
  },
];

async function measureQuestions(houses: Old[]): Promise<void> {
  for (const question of [...questions, ...ofTheBest]) {
    if (!question.name.includes(values.only)) continue;
    const took = houses.map((): number[] => []);
    for (let i = 0; i <= asksEach; i += 1) {
      for (const [which, house] of houses.entries()) {
        const begun = performance.now();
        await question.ask(house);
        // The first one fills the memory.
        if (i > 0) took[which]!.push(performance.now() - begun);
        if (i === 1 && took[which]![0]! > 1500) i = asksEach - 3;
      }
    }
    const scanned = await readThrough(houses[1]!, question);
    tell(question.name, took.map(median), "ms", { scanned, bound: questions.includes(question) });
  }
}

async function measureSales(houses: Old[]): Promise<void> {
  const rates = houses.map((): number[] => []);
  const alone = houses.map((): number[] => []);
  const parts = houses.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [which, house] of houses.entries()) {
      const sales = await openSales(house, { clients, count: salesARound });
      rates[which]!.push(await settleAll(house, { clients, sales }));
      for (const saleId of await openSales(house, { clients, count: aloneARound })) {
        const begun = performance.now();
        await settleSale(house.db, house.house, { saleId });
        const settled = performance.now();
        await sendParts(house.db, house.house, { saleId });
        alone[which]!.push(settled - begun);
        parts[which]!.push(performance.now() - settled);
      }
    }
  }
  const p95 = (each: readonly number[]) => atShare(each, 0.95);
  tell(`sales settled a second, ${clients} at once`, rates.map(median), "a second");
  tell("paid → right to download, one alone: p50", alone.map(median), "ms");
  tell("paid → right to download, one alone: p95", alone.map(p95), "ms");
  tell("its transfers decided: p95", parts.map(p95), "ms");
}

function tell(
  name: string,
  [before, after]: number[],
  unit: "ms" | "a second",
  { scanned = [], bound = true }: { scanned?: string[]; bound?: boolean } = {},
): void {
  const grows = unit === "ms" ? after! / before! : before! / after!;
  if (bound && grows > target) process.exitCode = 1;
  const say = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
  console.log(
    `| ${name} | ${say(before!)} | ${say(after!)} | × ${grows.toFixed(2)} | ${scanned.join(", ") || "nothing"} |`,
  );
}

type Plan = { "Node Type": string; "Relation Name"?: string; Plans?: Plan[] };

/** The tables that grow and that a question reads from end to end, by what PostgreSQL says. */
async function readThrough(house: Old, { ask }: Question): Promise<string[]> {
  const { rows: sizes } = await sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and reltuples > ${large}`.execute(house.db);
  const growing = new Set(sizes.map(({ name }) => name));
  const scanned = new Set<string>();
  const walk = (plan: Plan): void => {
    const relation = plan["Relation Name"];
    if (plan["Node Type"] === "Seq Scan" && relation && growing.has(relation)) scanned.add(relation);
    for (const each of plan.Plans ?? []) walk(each);
  };
  const owner = await client(house.url);
  for (const { text, parameters } of await house.listen(() => ask(house))) {
    if (!/^\s*(select|with|update|insert)/i.test(text)) continue;
    const { rows } = await owner.query<{ "QUERY PLAN": { Plan: Plan }[] }>(`explain (format json) ${text}`, [
      ...parameters,
    ]);
    walk(rows[0]!["QUERY PLAN"][0]!.Plan);
  }
  await owner.end();
  return [...scanned];
}

const dataDir = values.data ?? (await mkdtemp(join(tmpdir(), "ventes-growth-")));
const postgres = await startPostgres({ dataDir: join(dataDir, "postgres"), durable: true });
try {
  const houses = [
    await oldHouse(postgres, Number(values.from)),
    await oldHouse(postgres, Number(values.sales)),
  ];
  if (values.check) for (const { db, sales } of houses) await holdToChecks(db, sales);
  console.log(
    `${cpus().length} cores, Node ${process.version}; load before: ${loadavg()
      .map((one) => one.toFixed(1))
      .join(" ")}\n`,
  );
  console.log(
    `| what | after ${values.from} | after ${values.sales} | grows by | read from end to end |\n|---|---|---|---|---|`,
  );
  await measureQuestions(houses);
  if (values.only === "") await measureSales(houses);
  console.log(
    `\nload after: ${loadavg()
      .map((one) => one.toFixed(1))
      .join(" ")}`,
  );
  for (const house of houses) await house.close();
} catch (error) {
  console.error(error);
  process.exitCode = 2;
} finally {
  await postgres.stop();
  if (!values.data) await rm(dataDir, { recursive: true, force: true });
}
process.exit(process.exitCode ?? 0);
