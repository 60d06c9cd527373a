import { sql } from "kysely";
import { isDatabaseAway } from "#db/connection.ts";
import { enqueue } from "#domain/jobs.ts";
import { sweepPayouts } from "#domain/payouts/sweep-payouts.server.ts";
import { sweepRefunds } from "#domain/sales/sweep-refunds.server.ts";
import { sweepSales } from "#domain/sales/sweep-sales.server.ts";
import { StripeFailure } from "#gateways/stripe.ts";
import { taskOf } from "#workers/tasks.ts";
import { Crash, diesAfter } from "./crashes.ts";
import type { Stage } from "./stage.ts";

const triesInAStep = 5;
/** Letters have no part in a story. */
const isLetter = (job: string) => job.startsWith("send-") && job !== "send-parts";

/** What failed five times in a step, and waits for the next time that the clock moves. */
const waiting = new WeakMap<Stage, { name: string; payload: object }[]>();

/**
 * Works until nothing is due: events are delivered, jobs taken from the queue and done by the worker's own tasks, delays of
 * retries skipped. One after another, so that the same story gives the same result.
 */
export async function drain(stage: Stage): Promise<void> {
  const failures = new Map<string, number>();
  const underFire = stage.database.underFire ?? ((work) => work());
  for (;;) {
    await stage.double.control.settled();
    const job = await nextJob(stage);
    if (!job) return;
    const { name, data } = job;
    const task = taskOf(name);
    try {
      if (!isLetter(name)) await underFire(async () => task?.(stage.db, stage.house, data as never));
      if (diesAfter(name, stage.crashes)) throw new Crash("killed after the commit");
    } catch (error) {
      await stage.double.control.settled();
      const key = `${name} ${JSON.stringify(data)}`;
      const times = (failures.get(key) ?? 0) + 1;
      failures.set(key, times);
      if (error instanceof Crash) stage.crashed += 1;
      if (error instanceof Crash || isDatabaseAway(error)) await restart(stage);
      else if (!(error instanceof StripeFailure)) throw error;
      if (times < triesInAStep) await stage.house.queue.enqueue(stage.db, name, data);
      else waiting.set(stage, [...(waiting.get(stage) ?? []), { name, payload: data }]);
    }
  }
}

/**
 * Takes the job that waits longest out of the queue, in the one statement that a history a tenth of a second long can afford; what
 * fails is put back. How the real worker fetches is for the tests that start one.
 */
async function nextJob({ db, database }: Stage): Promise<{ name: string; data: object } | undefined> {
  if (database.takeJob) return database.takeJob();
  const { rows } = await sql<{ name: string; data: object }>`
    delete from pgboss.job where id = (
      select id from pgboss.job where state in ('created', 'retry') and name <> 'failed'
      order by start_after, created_on, data::text limit 1)
    returning name, data`.execute(db);
  return rows[0];
}

/** A worker comes back after it was killed: the lease of the dead one has run out, and it sweeps before anything else. */
async function restart({ db, house }: Stage): Promise<void> {
  await db.updateTable("transfer").set({ leased_until: null }).where("state", "=", "intended").execute();
  await db.updateTable("reversal").set({ leased_until: null }).where("state", "=", "intended").execute();
  await db.updateTable("refund").set({ leased_until: null }).where("state", "=", "asked").execute();
  await sweepSales(db, house, { everything: true });
  await sweepRefunds(db, house, { everything: true });
  await sweepPayouts(db, house, { everything: true });
}

/** In which hour of the schedule (ten past) the books were last held against Stripe. */
const reconciled = new WeakMap<Stage, number>();
const hourOf = (at: Date) => Math.floor((at.getTime() / 60_000 - 10) / 60);

/** The clock has moved: what waited for it is due, the sweeps run, and the reconciliation where its hour has come. */
export async function tick(stage: Stage): Promise<void> {
  const { db, house } = stage;
  for (const { name, payload } of waiting.get(stage) ?? []) await house.queue.enqueue(db, name, payload);
  waiting.delete(stage);
  await sweepSales(db, house);
  await sweepRefunds(db, house);
  await sweepPayouts(db, house);
  const hour = hourOf(stage.clock.now());
  if (hour !== (reconciled.get(stage) ?? hourOf(new Date(stage.story.start))))
    await enqueue(db, house, "reconcile", {});
  reconciled.set(stage, hour);
}
