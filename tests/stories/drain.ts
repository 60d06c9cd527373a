import { sql } from "kysely";
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
 * Works until nothing is due: events are delivered, jobs fetched from the queue and done by the worker's own tasks, delays of
 * retries skipped. One after another, so that the same story gives the same result.
 */
export async function drain(stage: Stage): Promise<void> {
  const failures = new Map<string, number>();
  const { boss } = stage.database.queue;
  for (;;) {
    await stage.double.control.settled();
    const name = await nextQueue(stage);
    if (!name) return;
    const task = taskOf(name);
    for (const job of await boss.fetch<object>(name, { batchSize: 1, ignoreStartAfter: true })) {
      try {
        if (!isLetter(name)) await task?.(stage.db, stage.house, job.data as never);
        if (diesAfter(name, stage.crashes)) throw new Crash("killed after the commit");
        await boss.complete(name, job.id);
      } catch (error) {
        const key = `${name} ${JSON.stringify(job.data)}`;
        const times = (failures.get(key) ?? 0) + 1;
        failures.set(key, times);
        if (error instanceof Crash) await restart(stage);
        else if (!(error instanceof StripeFailure)) throw error;
        if (times < triesInAStep) await boss.fail(name, job.id, { message: String(error) });
        else {
          await boss.complete(name, job.id);
          waiting.set(stage, [...(waiting.get(stage) ?? []), { name, payload: job.data }]);
        }
      }
    }
  }
}

/** The queue of the job that waits longest. */
async function nextQueue({ db }: Stage): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select name from pgboss.job where state in ('created', 'retry') and name <> 'failed'
    order by created_on, id limit 1`.execute(db);
  return rows[0]?.name;
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

/** The clock has moved: what waited for it is due, and the sweeps run. */
export async function tick(stage: Stage): Promise<void> {
  const { db, house } = stage;
  for (const { name, payload } of waiting.get(stage) ?? []) await house.queue.enqueue(db, name, payload);
  waiting.delete(stage);
  await sweepSales(db, house);
  await sweepRefunds(db, house);
  await sweepPayouts(db, house);
  await enqueue(db, house, "reconcile", {});
}
