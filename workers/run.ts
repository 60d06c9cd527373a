import { setTimeout as pause } from "node:timers/promises";
import type { JobResult } from "pg-boss";
import type { Logger } from "pino";
import type { Database } from "#db/connection.ts";
import type { House } from "#domain/house.ts";
import { type JobName, schedules } from "#domain/jobs.ts";
import { sweepPayouts } from "#domain/payouts/sweep-payouts.server.ts";
import { sweepRefunds } from "#domain/sales/sweep-refunds.server.ts";
import { sweepSales } from "#domain/sales/sweep-sales.server.ts";
import { pacedStripe } from "./paced-stripe.ts";
import { payloadInLog } from "./payload-in-log.ts";
import { taskForMany, taskOf, tasks } from "./tasks.ts";

/** These fill a processor by themselves, so they come one at a time. */
const heavy: readonly JobName[] = ["inspect-asset", "make-derivatives", "make-format", "make-stream"];
/** The others wait for a neighbour, and come several at once; the next batch is fetched as soon as a full one is done. */
const light = { localConcurrency: 2, batchSize: 5, burstWhenBatchFull: true };
/** A buyer waits for these: in a rush they do not stand in line behind each other's calls to Stripe. */
const waitedFor: readonly JobName[] = ["split-sale"];
const prompt = { localConcurrency: 8, batchSize: 1, burstWhenBatchFull: true };
/** Whatever waits, up to this many, is done in one transaction. */
const together = { localConcurrency: 2, batchSize: 25, burstWhenBatchFull: true };

/** Each call waits some 300 ms for Stripe, and its turn before that: several at once, and yet never more than it allows. */
const calling = { localConcurrency: 6, batchSize: 5, burstWhenBatchFull: true };
const paced: readonly JobName[] = ["pay-out", "reverse-transfer", "make-refund"];

/**
 * A connection that is lost may have taken a doorbell with it: once the database answers again, what is unfinished is looked at as
 * at a start, and not at the next tick of the schedule; and once more when the leases of calls that were cut have run out.
 * However many connections are lost at once, it is done once.
 */
function afterLoss(look: () => Promise<void>, log: Logger): () => void {
  let looking = false;
  const untilSeen = async (everyMs: number) => {
    for (let seen = false; !seen; ) {
      await pause(everyMs);
      seen = await look().then(
        () => true,
        () => false,
      );
    }
  };
  return () => {
    if (looking) return;
    looking = true;
    void (async () => {
      await untilSeen(3_000);
      await untilSeen(70_000);
      looking = false;
      log.info("looked at what a lost connection may have left");
    })();
  };
}

type Job = { id: string; data: unknown };

/** Subscribes to every job of the house, keeps its schedules, and finds what the last worker left. */
export async function runWorker(db: Database, given: House, log: Logger): Promise<void> {
  const house = { ...given, stripe: pacedStripe(db, given.stripe) };
  const { boss } = house.queue;
  for (const name of Object.keys(tasks) as JobName[]) {
    const task = taskOf(name)!;
    const forMany = taskForMany(name);
    const pace = forMany
      ? together
      : heavy.includes(name)
        ? { localConcurrency: 1, batchSize: 1 }
        : waitedFor.includes(name)
          ? prompt
          : paced.includes(name)
            ? calling
            : light;
    // A new job is told by the database within milliseconds; retries and delayed jobs are found by polling.
    const options = { ...pace, notifyPollingIntervalSeconds: 2, perJobResults: true as const };
    const ended = ({ id, data }: Job, started: number, error: unknown): JobResult => {
      if (error === null) {
        log.debug({ job: name, id, ms: Math.round(performance.now() - started) }, "done");
        return { id, status: "completed" };
      }
      log.warn({ job: name, id, payload: payloadInLog(data), err: error }, "will be tried again");
      return { id, status: "failed", output: { message: String(error) } };
    };
    const one = async (job: Job): Promise<JobResult> => {
      const started = performance.now();
      try {
        await task(db, house, job.data as never, job);
        return ended(job, started, null);
      } catch (error) {
        return ended(job, started, error);
      }
    };
    const many = async (task: NonNullable<typeof forMany>, batch: Job[]): Promise<JobResult[]> => {
      const started = performance.now();
      const errors = await task(
        db,
        house,
        batch.map(({ data }) => data as never),
      ).catch((error: unknown) => batch.map(() => error));
      return batch.map((job, i) => ended(job, started, errors[i] ?? null));
    };
    await boss.work(name, options, async (batch) => {
      if (forMany) return many(forMany, batch);
      const results: JobResult[] = [];
      for (const job of batch) results.push(await one(job));
      return results;
    });
  }
  const lookAtEverything = async () => {
    for (const { name, cron } of schedules) await boss.schedule(name, cron);
    await sweepSales(db, house, { everything: true });
    await sweepRefunds(db, house, { everything: true });
    await sweepPayouts(db, house, { everything: true });
  };
  const lookAgain = afterLoss(lookAtEverything, log);
  boss.on("error", lookAgain);
  // What the last worker left, before the first tick of the schedule. A database that restarts just now is no reason to end.
  await lookAtEverything().catch((error: unknown) => {
    log.error({ err: error }, "the first look failed, and comes again");
    lookAgain();
  });
  log.info({ jobs: Object.keys(tasks).length }, "at work");
}
