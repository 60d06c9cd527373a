import { createServer } from "node:http";
import type { JobResult } from "pg-boss";
import { pino } from "pino";
import { isAlive, openHouse } from "#domain/house.server.ts";
import { type JobName, schedules } from "#domain/jobs.ts";
import { sweepPayouts } from "#domain/payouts/sweep-payouts.server.ts";
import { sweepSales } from "#domain/sales/sweep-sales.server.ts";
import { readEnv, SettingsError } from "#gateways/env.ts";
import { taskOf, tasks } from "./tasks.ts";

/** The job process: every job of the house. These fill a processor by themselves, so they come one at a time. */
const heavy: readonly JobName[] = ["inspect-asset", "make-derivatives"];
/** The others wait for a neighbour, and come several at once; the next batch is fetched as soon as a full one is done. */
const light = { localConcurrency: 2, batchSize: 5, burstWhenBatchFull: true };

async function run(): Promise<void> {
  const settings = readEnv();
  const log = pino({ level: settings.logLevel, base: { process: "worker" } });
  const onError = (error: Error) => log.error({ err: error }, "connection lost, coming back");
  const { db, house, close } = await openHouse(settings, { work: true, onError });
  const { boss } = house.queue;

  for (const name of Object.keys(tasks) as JobName[]) {
    const task = taskOf(name)!;
    const pace = heavy.includes(name) ? { localConcurrency: 1, batchSize: 1 } : light;
    // A new job is told by the database within milliseconds; retries and delayed jobs are found by polling.
    const options = { ...pace, notifyPollingIntervalSeconds: 2, perJobResults: true as const };
    const one = async (job: { id: string; data: unknown }): Promise<JobResult> => {
      const started = performance.now();
      try {
        await task(db, house, job.data as never);
        log.debug({ job: name, id: job.id, ms: Math.round(performance.now() - started) }, "done");
        return { id: job.id, status: "completed" };
      } catch (error) {
        log.warn({ job: name, id: job.id, payload: job.data, err: error }, "will be tried again");
        return { id: job.id, status: "failed", output: { message: String(error) } };
      }
    };
    await boss.work(name, options, async (batch) => {
      const results: JobResult[] = [];
      for (const job of batch) results.push(await one(job));
      return results;
    });
  }
  for (const { name, cron } of schedules) await boss.schedule(name, cron);
  // What the last worker left, before the first tick of the schedule.
  await sweepSales(db, house, { everything: true });
  await sweepPayouts(db, house, { everything: true });
  const health = listenForHealth(process.env.WORKER_HEALTH_PORT, () => isAlive(db));
  log.info({ jobs: Object.keys(tasks).length }, "at work");

  let leaving = false;
  const leave = async (signal: string) => {
    if (leaving) return;
    leaving = true;
    log.info({ signal }, "finishing what is begun");
    health?.close();
    await close();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => void leave(signal));
}

/** Answers 200 while the database answers, for who supervises the process; no port, no server. */
function listenForHealth(port: string | undefined, alive: () => Promise<void>) {
  if (!port) return undefined;
  const server = createServer((_, response) => {
    alive().then(
      () => response.writeHead(200, { "content-type": "text/plain" }).end("ok\n"),
      () => response.writeHead(503, { "content-type": "text/plain" }).end("no database\n"),
    );
  });
  return server.listen(Number(port));
}

try {
  await run();
} catch (error) {
  // A missing setting is told in words; anything else with its stack.
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(1);
}
