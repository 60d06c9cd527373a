import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { startPostgres } from "#dev/postgres.ts";
import { testCluster } from "#tests/cluster.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const results = fileURLToPath(new URL("../.cache/tests/", import.meta.url));

type Outcome = { passed: number; failed: number; skipped: number };

/** Runs one step, showing what it says, and counts what it did. A step that counts nothing itself is one test. */
async function step(name: string, command: string[], count?: () => Promise<Outcome>): Promise<Outcome> {
  const from = Date.now();
  console.log(`\n── ${name}`);
  const code = await new Promise<number>((resolve) => {
    const [program, ...args] = command;
    const child = spawn(program!, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: process.env,
    });
    child.on("error", () => resolve(127));
    child.on("close", (status) => resolve(status ?? 1));
  });
  const alone: Outcome = { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const outcome = count ? await count().catch(() => alone) : alone;
  // A runner that ends badly without a failed test (a crash, an unhandled rejection) has failed all the same.
  if (code !== 0 && outcome.failed === 0) outcome.failed = 1;
  console.log(
    `   ${name}: ${outcome.passed} passed, ${outcome.failed} failed (${Math.round((Date.now() - from) / 1000)} s)`,
  );
  return outcome;
}

async function countVitest(): Promise<Outcome> {
  const report = JSON.parse(await readFile(`${results}vitest.json`, "utf8"));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + (report.numFailedTestSuites > 0 && report.numFailedTests === 0 ? 1 : 0),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

async function countPlaywright(): Promise<Outcome> {
  const { stats } = JSON.parse(await readFile(`${results}playwright.json`, "utf8"));
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

await rm(results, { recursive: true, force: true });
await mkdir(results, { recursive: true });
process.env.STRIPE_RECORDS ??= `${results}stripe`;
await mkdir(process.env.STRIPE_RECORDS, { recursive: true });

const bin = (name: string) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
const outcomes = [
  await step("types", [bin("tsc"), "--noEmit"]),
  await step("lint", [bin("biome"), "check", "."]),
  await step("unused", [bin("knip")]),
  await step(
    "unit, integration, stories, bad days",
    [
      bin("vitest"),
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${results}vitest.json`,
      `--maxWorkers=${Math.min(4, availableParallelism())}`,
    ],
    countVitest,
  ),
  await step("build", [bin("remix"), "vite:build"]),
  await step("journeys", [bin("playwright"), "test"], countPlaywright),
  await step("every exchange with Stripe's double keeps to its contract", [
    process.execPath,
    "tests/stripe-contract.ts",
  ]),
];
await (await startPostgres(testCluster)).stop();

const total = outcomes.reduce((sum, each) => ({
  passed: sum.passed + each.passed,
  failed: sum.failed + each.failed,
  skipped: sum.skipped + each.skipped,
}));
console.log(
  `\n${total.skipped > 0 ? `${total.skipped} skipped: their words are above\n` : ""}${total.passed} passed, ${total.failed} failed`,
);
process.exit(total.failed > 0 ? 1 : 0);
