import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { anyStory } from "#tests/stories/any-story.ts";
import { readStory, type Story } from "#tests/stories/format.ts";
import { hasChecker } from "./contract.ts";
import { type Ground, openGround } from "./ground.ts";
import { type Counts, type Outcome, playHistory, wholeAt } from "./history.ts";
import { tameMachine } from "./machine.ts";
import { kindOf, shrink } from "./shrink.ts";

const usage = `usage: npm run chaos -- --seeds N [--from SEED] [--workers 2] [--again]
       npm run chaos -- --seed SEED [--every-step] [--write FILE] [--shrink]
       npm run chaos -- --story FILE [--every-step]

Plays histories drawn by seeds 1 to N (or --from to --from + N - 1). What was played is kept in .data/chaos.jsonl: the same command
goes on where it stopped; --again begins anew. One in ten is played on the real queue, and its connections are really cut (--whole:
all). One in five hundred restarts PostgreSQL (--restarts: one in ten).
--length STEPS: how many steps are drawn (25), besides those that repair everything at the end.`;

const results = fileURLToPath(new URL("../../.data/chaos.jsonl", import.meta.url));

type Result = { seed: number; length: number; ms: number } & Outcome;

const { values: asked } = parseArgs({
  options: {
    seeds: { type: "string" },
    from: { type: "string" },
    seed: { type: "string" },
    story: { type: "string" },
    length: { type: "string" },
    workers: { type: "string" },
    again: { type: "boolean" },
    restarts: { type: "boolean" },
    whole: { type: "boolean" },
    "every-step": { type: "boolean" },
    write: { type: "string" },
    shrink: { type: "boolean" },
    /** Of the processes that this one starts: their seeds come on the standard input. */
    worker: { type: "boolean" },
    /** The processor to which such a process is bound. */
    cpu: { type: "string" },
    help: { type: "boolean" },
  },
});
const length = Number(asked.length ?? 25);
const restartsAt = (seed: number) => seed % (asked.restarts ? 10 : 500) === 0;
const isWhole = (seed: number) => asked.whole === true || wholeAt(seed) || restartsAt(seed);
const storyOf = (seed: number) => anyStory(seed, length, { restart: restartsAt(seed) });
const machine = tameMachine();

async function play(ground: Ground, seed: number): Promise<Result> {
  machine.seed(seed);
  const began = performance.now();
  const outcome = await playHistory(ground, storyOf(seed), { whole: isWhole(seed) });
  return { seed, length, ms: Math.round(performance.now() - began), ...outcome };
}

/** Plays the seeds that it is told, one a line, and tells what became of each. */
async function work(): Promise<void> {
  const quiet = await openGround({ cpu: asked.cpu === undefined ? undefined : Number(asked.cpu) });
  let shaken: Ground | undefined;
  for await (const line of createInterface({ input: process.stdin })) {
    const seed = Number(line);
    if (restartsAt(seed)) shaken ??= await openGround({ restarts: true });
    process.send!(await play(restartsAt(seed) ? shaken! : quiet, seed));
  }
  await quiet.close();
  await shaken?.close();
  process.disconnect();
}

/** What an earlier run played of this length. */
function playedBefore(): Result[] {
  try {
    const lines = readFileSync(results, "utf8").split("\n").filter(Boolean);
    return lines.map((line) => JSON.parse(line) as Result).filter((each) => each.length === length);
  } catch {
    return [];
  }
}

async function run(from: number, to: number): Promise<number> {
  mkdirSync(fileURLToPath(new URL("../../.data/", import.meta.url)), { recursive: true });
  if (asked.again) writeFileSync(results, "");
  const done = new Map(playedBefore().map((result) => [result.seed, result]));
  const left = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((seed) => !done.has(seed));
  if (left.length <= to - from) console.log(`${to - from + 1 - left.length} were played before`);
  const began = Date.now();
  const wanted = left.length;
  let played = 0;
  const keep = (result: Result) => {
    done.set(result.seed, result);
    appendFileSync(results, `${JSON.stringify(result)}\n`);
    played += 1;
    if (result.broken.length > 0) tell(result);
    if (played % 100 === 0) console.log(`${played} of ${wanted}, ${rate(played, began)}`);
  };
  const workers = Math.min(Number(asked.workers ?? 1), wanted);
  await Promise.all(Array.from({ length: workers }, (_, i) => startWorker(i, left, keep)));
  const all = [...done.values()].filter(({ seed }) => seed >= from && seed <= to);
  summarize(all);
  if (played > 0) console.log(`${rate(played, began)} with ${workers} at work`);
  return all.every((result) => result.broken.length === 0) ? 0 : 1;
}

const rate = (played: number, began: number) => {
  const seconds = (Date.now() - began) / 1000;
  return `${(played / seconds).toFixed(1)} histories a second, ${Math.round(seconds)} s`;
};

/**
 * A process of its own, that is given one seed after another. Where the system has `taskset`, process and database are bound to
 * one processor: they take turns, and to wake each other across processors takes longer than what they then do.
 */
async function startWorker(nth: number, seeds: number[], keep: (result: Result) => void): Promise<void> {
  const cpu = String(nth % availableParallelism());
  const binds = spawnSync("taskset", ["-c", cpu, "true"]).status === 0;
  const args = ["--worker", "--length", String(length)];
  for (const flag of ["restarts", "whole"] as const) if (asked[flag]) args.push(`--${flag}`);
  if (binds) args.push("--cpu", cpu);
  const command = [
    ...(binds ? ["taskset", "-c", cpu] : []),
    process.execPath,
    fileURLToPath(import.meta.url),
  ];
  const child = spawn(command[0]!, [...command.slice(1), ...args], {
    stdio: ["pipe", "inherit", "inherit", "ipc"],
  });
  const next = () => {
    const seed = seeds.shift();
    if (seed === undefined) child.stdin!.end();
    else child.stdin!.write(`${seed}\n`);
  };
  child.on("message", (result: Result) => {
    keep(result);
    next();
  });
  next();
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`a worker ended with ${code}`);
}

function tell({ seed, broken, step }: Result): void {
  console.log(`seed ${seed}: broken ${step > 0 ? `after step ${step}` : "at the end"}`);
  for (const each of broken.slice(0, 5)) console.log(`  ${each}`);
  console.log(`  again: npm run chaos -- --seed ${seed} --length ${length} --every-step`);
}

function summarize(all: readonly Result[]): void {
  const sum = (of: keyof Counts) => all.reduce((whole, { counts }) => whole + counts[of], 0);
  const broken = all.filter((result) => result.broken.length > 0);
  const seconds = all.reduce((whole, { ms }) => whole + ms, 0) / 1000;
  const exchanges = hasChecker
    ? `${sum("exchanges")} exchanges with Stripe's double checked`
    : "exchanges not checked: the contract checker is not at hand";
  console.log(
    `${all.length} histories of ${sum("steps")} steps: ${sum("entries")} entries, ${sum("transfers")} transfers, ` +
      `${sum("refunds")} refunds, ${sum("disputes")} disputes, ${sum("faults")} faults met; ${exchanges}; ` +
      `${Math.round(seconds)} s of play, ${(all.length / seconds).toFixed(1)} a second and process; violations ${broken.length}`,
  );
  if (broken.length > 0) console.log(`broken: ${broken.map(({ seed }) => seed).join(" ")}`);
}

/** One history, told in full; `--write` keeps it as a story, `--shrink` drops every step that it breaks without. */
async function one(story: Story, seed: number): Promise<number> {
  const ground = await openGround({ restarts: story.steps.some((step) => step.do === "restart") });
  const again = (each: Story) => {
    machine.seed(seed);
    return playHistory(ground, each, { everyStep: asked["every-step"] ?? false, whole: isWhole(seed) });
  };
  let outcome = await again(story);
  let told = story;
  if (asked.shrink && outcome.broken.length > 0) {
    const first = kindOf(outcome.broken[0]!);
    told = await shrink(story, async (each) =>
      (await again(each)).broken.some((one) => kindOf(one) === first),
    );
    outcome = await again(told);
  }
  await ground.close();
  if (asked.write) writeFileSync(asked.write, `${JSON.stringify(told, null, 2)}\n`);
  for (const [i, step] of told.steps.entries()) console.log(`${i + 1} ${JSON.stringify(step)}`);
  const where = outcome.step > 0 ? `after step ${outcome.step}` : "at the end";
  console.log(
    outcome.broken.length > 0 ? `broken ${where}: ${outcome.broken.join("\n")}` : "nothing is broken",
  );
  return outcome.broken.length > 0 ? 1 : 0;
}

async function main(): Promise<number> {
  if (asked.worker) return work().then(() => 0);
  if (asked.story) return one(readStory(readFileSync(asked.story, "utf8")), 1);
  if (asked.seed) return one(storyOf(Number(asked.seed)), Number(asked.seed));
  if (!asked.seeds || asked.help) {
    console.log(usage);
    return asked.help ? 0 : 2;
  }
  const from = Number(asked.from ?? 1);
  return run(from, from + Number(asked.seeds) - 1);
}

process.exit(await main());
