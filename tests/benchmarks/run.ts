import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import autocannon from "autocannon";
import pg from "pg";
import { buildApplication } from "#dev/build.ts";
import { plantDemo } from "#dev/plant.ts";
import { plantSeed } from "#dev/seed/plant.ts";
import { startStack } from "#dev/stack.ts";
import { makeDemoWorks } from "#dev/works/make.ts";
import { pathTo } from "#i18n/paths.ts";
import { family, processorSeconds, residentMegabytes } from "./processor.ts";
import { buyingAtOnce, buyThroughThePages } from "./purchase.ts";

// `npm run benchmark -- --works 100000`: with so many made-up works behind the real ones.
const { values } = parseArgs({ options: { works: { type: "string", default: "0" } } });

// Sizes of a run.
const secondsEach = 3;
const rounds = 3;
const connections = [10, 50];
const purchases = 20;
const buyers = 16;
const purchasesAtOnce = 320;
const bookCount = 12;
const albumCount = 6;

type Measure = { perSecond: number; p50: number; p975: number; p99: number; processorMs: number };

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function load(
  url: string,
  at: number,
  pids: () => number[],
  more: Record<string, string> = {},
): Promise<Measure> {
  const used = () => pids().reduce((sum, pid) => sum + (processorSeconds(pid) || 0), 0);
  const before = used();
  const result = await autocannon({
    url,
    connections: at,
    duration: secondsEach,
    headers: { "accept-encoding": "identity", ...more },
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} errors`);
  return {
    perSecond: result.requests.total / result.duration,
    p50: result.latency.p50,
    p975: result.latency.p97_5,
    p99: result.latency.p99,
    processorMs: ((used() - before) * 1000) / result.requests.total,
  };
}

/** Ours and the bare server in turn, three rounds, the median of each figure. */
async function compare(name: string, url: string, ours: () => number[]): Promise<string[]> {
  const page = await fetch(url, { headers: { "accept-encoding": "identity" } });
  const body = Buffer.from(await page.arrayBuffer());
  const headers = Object.fromEntries(
    [...page.headers].filter(
      ([key]) => !["transfer-encoding", "content-length", "connection", "date", "keep-alive"].includes(key),
    ),
  );
  const bare = fork(fileURLToPath(new URL("bare-server.ts", import.meta.url)));
  await said(bare);
  bare.send({ body: body.toString("base64"), headers });
  const { port } = (await said(bare)) as { port: number };
  const rows: string[] = [];
  for (const at of connections) {
    const a: Measure[] = [];
    const b: Measure[] = [];
    for (let round = 0; round < rounds; round += 1) {
      a.push(await load(url, at, ours));
      b.push(await load(`http://127.0.0.1:${port}/`, at, () => [bare.pid!]));
    }
    const of = (all: Measure[], key: keyof Measure) => median(all.map((each) => each[key]));
    const cell = (all: Measure[]) =>
      `${of(all, "perSecond").toFixed(0)}/s, p50 ${of(all, "p50")} p97.5 ${of(all, "p975")} p99 ${of(all, "p99")} ms, ${of(all, "processorMs").toFixed(2)} ms CPU`;
    const ratios = a.map((each, i) => each.perSecond / b[i]!.perSecond);
    rows.push(
      `| ${name}, ${(body.length / 1000).toFixed(0)} kB | ${at} | ${cell(a)} | ${cell(b)} | ${median(ratios).toFixed(3)} |`,
    );
  }
  bare.kill();
  return rows;
}

/** Who brings a cart has pages made for them: what one costs, and how often it asks PostgreSQL. */
async function afresh(name: string, url: string, ours: () => number[], database: pg.Client): Promise<string> {
  const cookie = { cookie: "cart=none" };
  const asked = async () => {
    await database.query("select pg_stat_clear_snapshot()");
    const { rows } = await database.query<{ count: string }>(
      "select xact_commit as count from pg_stat_database where datname = current_database()",
    );
    return Number(rows[0]!.count);
  };
  await load(url, 10, ours, cookie);
  const measured: Measure[] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await load(url, 10, ours, cookie));
  const of = (key: keyof Measure) => median(measured.map((each) => each[key]));
  // What PostgreSQL counted comes up to a second late.
  await pause(1_500);
  const before = await asked();
  for (let i = 0; i < 50; i += 1) await (await fetch(url, { headers: cookie })).arrayBuffer();
  await pause(1_500);
  const questions = Math.round((await asked()) - before) / 50;
  return `| ${name} | ${of("perSecond").toFixed(0)}/s, p50 ${of("p50")} p99 ${of("p99")} ms | ${of("processorMs").toFixed(1)} ms | ${questions.toFixed(1)} |`;
}

function said(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("error", reject);
  });
}

const dataDir = await mkdtemp(join(tmpdir(), "ventes-benchmark-"));
await buildApplication();
const everything = await makeDemoWorks(fileURLToPath(new URL("../../.data/works", import.meta.url)));
// Enough to fill the front page and a shelf; reading all 38 would take longer than measuring.
const works = [
  ...everything.filter(({ plan }) => plan.kind === "book").slice(0, bookCount),
  ...everything.filter(({ plan }) => plan.kind === "album").slice(0, albumCount),
];
const stack = await startStack({ dataDir, database: "benchmark", durable: true });
const lines: string[] = [];
try {
  const begun = performance.now();
  const web = await stack.startWeb();
  const firstAnswer = await fetch(stack.url);
  const coldStart = (performance.now() - begun) / 1000;
  await firstAnswer.arrayBuffer();
  const worker = await stack.startWorker();
  console.error(`entering ${works.length} works…`);
  await plantDemo(stack, works, () => {});
  if (Number(values.works) > 0) {
    console.error(`and ${values.works} made-up ones…`);
    await plantSeed(stack.postgres.url("benchmark"), {
      works: Number(values.works),
      seed: 1,
      tell: () => {},
    });
  }
  const workerAfter = residentMegabytes(worker.pid!);
  const postmaster = Number(
    (await readFile(`${stack.postgres.dataDir}/postmaster.pid`, "utf8")).split("\n")[0],
  );
  const ours = () => [web.pid!, ...family(postmaster)];
  const front = await (await fetch(stack.url)).text();
  const slug = /href="(\/oeuvres\/[a-z0-9-]+)"/.exec(front)?.[1];
  if (!slug) throw new Error("no work on the front page");
  const pages = [
    ["front page", `${stack.url}/`],
    ["a work's page", stack.url + slug],
    ["a list", `${stack.url}${pathTo("browse", "fr")}`],
  ] as const;
  for (const [name, url] of pages) lines.push(...(await compare(name, url, ours)));
  const database = new pg.Client({ connectionString: stack.postgres.url("benchmark") });
  await database.connect();
  const made: string[] = [];
  for (const [name, url] of pages) made.push(await afresh(name, url, ours, database));
  await database.end();
  const webAfter = residentMegabytes(web.pid!);
  const seconds = await buyThroughThePages(stack, purchases);
  const bought = await buyingAtOnce(stack, { buyers, times: purchasesAtOnce });
  const sorted = [...seconds].sort((x, y) => x - y);
  const report = [
    `${works.length} works${Number(values.works) > 0 ? ` and ${values.works} made-up ones` : ""}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.version}, PostgreSQL 18, ${new Date().toISOString().slice(0, 10)}.`,
    "",
    "| page | connections | ours, from memory | bare `node:http`, same bytes and headers | ratio of requests a second |",
    "|---|---|---|---|---|",
    ...lines,
    "",
    "| made afresh, for who brings a cart | at 10 connections | processor, web and PostgreSQL | questions to PostgreSQL |",
    "|---|---|---|---|",
    ...made,
    "",
    "| what | figure |",
    "|---|---|",
    `| seconds from the click on “pay” to the right to download, ${purchases} purchases one after the other: median, slowest | ${median(seconds).toFixed(2)} s, ${sorted.at(-1)!.toFixed(2)} s |`,
    `| whole purchases a second, cart to right, ${buyers} buyers at once through the pages | ${bought.toFixed(1)} |`,
    `| web, start to first answer | ${coldStart.toFixed(2)} s |`,
    `| memory of web after the load | ${webAfter.toFixed(0)} MB |`,
    `| memory of the worker after reading the demo works | ${workerAfter.toFixed(0)} MB |`,
  ].join("\n");
  console.log(report);
  await writeFile(fileURLToPath(new URL("../../.cache/benchmarks.md", import.meta.url)), `${report}\n`);
} finally {
  await stack.stop();
  await rm(dataDir, { recursive: true, force: true });
  await rm(stack.postgres.dataDir, { recursive: true, force: true });
}
process.exit(0);
