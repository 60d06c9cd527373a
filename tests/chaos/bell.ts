import { CompiledQuery } from "kysely";
import type { Database } from "#db/connection.ts";
import type { Queue } from "#db/queue.ts";

type Job = { name: string; data: object; after: number };
/** What a transaction has rung and not committed yet; `began`: when it began, as the queue's table would say it. */
export type Rung = { jobs: Job[]; began: number };

/** What stands in the place of the queue's statement; it never reaches the database. */
const ringing = "-- jobs are rung";

/** The jobs that a statement rings, where it is the bell's. */
export const jobsRungBy = (text: unknown, values: unknown): Job[] | undefined =>
  text === ringing ? (values as [Job[]])[0] : undefined;

/**
 * The queue without its table: what is rung in a transaction is there when that commits, and is gone where it does not; jobs are
 * taken in the order in which the table's own query takes them. To put a job in the table and to take it out costs as much as what
 * most jobs do. That the real queue keeps to the same is for the histories that are played on it.
 */
export function hangBell() {
  let kept: (Job & { rung: number })[] = [];
  let instant = 0;
  const ring = (db: Database, jobs: Job[]) => db.executeQuery(CompiledQuery.raw(ringing, [jobs]));
  return {
    queueLike: (queue: Queue): Queue => ({
      ...queue,
      async enqueue(db, name, payload, { startAfter = 0 } = {}) {
        await ring(db, [{ name, data: asStored(payload), after: startAfter }]);
      },
      async enqueueAll(db, name, payloads, { startAfter = 0 } = {}) {
        if (payloads.length === 0) return;
        await ring(
          db,
          payloads.map((each) => ({ name, data: asStored(each), after: startAfter })),
        );
      },
    }),
    /** A transaction begins, or a statement that is one by itself. */
    now: () => (instant += 1),
    commit({ jobs, began }: Rung) {
      kept.push(...jobs.map((job) => ({ ...job, rung: began })));
    },
    /** The job that has waited longest, out of the queue. */
    take(): Job | undefined {
      const first = kept.toSorted(byTurn)[0];
      kept = kept.filter((each) => each !== first);
      return first;
    },
    clear() {
      kept = [];
    },
  };
}

const asStored = (payload: object) => JSON.parse(JSON.stringify(payload)) as object;

/** No history takes a second of the machine's clock: what was put off by one comes after all that was not. */
const byTurn = (a: Job & { rung: number }, b: Job & { rung: number }) =>
  a.after - b.after || a.rung - b.rung || (JSON.stringify(a.data) < JSON.stringify(b.data) ? -1 : 1);
