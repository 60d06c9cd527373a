import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import { buildApplication } from "#dev/build.ts";
import { plantDemo } from "#dev/plant.ts";
import { startStack } from "#dev/stack.ts";
import { makeDemoWorks } from "#dev/works/make.ts";
import { family, processorSeconds, residentMegabytes } from "./processor.ts";
import { buyThroughThePages } from "./purchase.ts";

// Sizes of a run.
const secondsEach = 3;
const rounds = 3;
const connections = [10, 50];
const purchases = 20;
const bookCount = 12;
const albumCount = 6;

type Measure = { perSecond: number; p50: number; p975: number; p99: number; processorMs: number };

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function load(url: string, at: number, pids: () => number[]): Promise<Measure> {
  const used = () => pids().reduce((sum, pid) => sum + (processorSeconds(pid) || 0), 0);
  const before = used();
  const result = await autocannon({
    url,
    connections: at,
    duration: secondsEach,
    headers: { "accept-encoding": "identity" },
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
  const workerAfter = residentMegabytes(worker.pid!);
  const postmaster = Number(
    (await readFile(`${stack.postgres.dataDir}/postmaster.pid`, "utf8")).split("\n")[0],
  );
  const ours = () => [web.pid!, ...family(postmaster)];
  const front = await (await fetch(stack.url)).text();
  const slug = /href="(\/oeuvres\/[a-z0-9-]+)"/.exec(front)?.[1];
  if (!slug) throw new Error("no work on the front page");
  lines.push(...(await compare("front page", `${stack.url}/`, ours)));
  lines.push(...(await compare("a work's page", stack.url + slug, ours)));
  const webAfter = residentMegabytes(web.pid!);
  const seconds = await buyThroughThePages(stack, purchases);
  const sorted = [...seconds].sort((x, y) => x - y);
  const report = [
    `${works.length} works, ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.version}, PostgreSQL 18, ${new Date().toISOString().slice(0, 10)}.`,
    "",
    "| page | connections | ours, from memory | bare `node:http`, same bytes and headers | ratio of requests a second |",
    "|---|---|---|---|---|",
    ...lines,
    "",
    "| what | figure |",
    "|---|---|",
    `| seconds from the click on “pay” to the right to download, ${purchases} purchases one after the other: median, slowest | ${median(seconds).toFixed(2)} s, ${sorted.at(-1)!.toFixed(2)} s |`,
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
