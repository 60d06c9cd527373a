import { CompiledQuery } from "kysely";
import type { Client, Pool } from "pg";
import { type Db, PgBoss } from "pg-boss";
import { NIL } from "uuid";
import type { Database } from "./connection.ts";
import { asPrepared } from "./prepared.ts";

export type JobOptions = {
  /** Seconds from now, on the database's clock. */
  startAfter?: number;
};

export type Queue = {
  boss: PgBoss;
  /** Puts a job in the transaction at hand: rolled back with it, seen only when it commits. */
  enqueue(db: Database, name: string, payload: object, options?: JobOptions): Promise<void>;
  /** Many of one kind in one statement. */
  enqueueAll(db: Database, name: string, payloads: readonly object[], options?: JobOptions): Promise<void>;
  close(): Promise<void>;
};

/**
 * The queue as every process opens it. Web processes only send (`work: false`): no supervision, no schedule, the pool they have
 * already. The worker listens, so that a job starts within milliseconds; the poll every 2 s is the backstop and brings retries.
 */
export async function openQueue(
  options: ({ pool: Pool; work: false } | { url: string; work: true; max?: number }) & {
    names: readonly string[];
    onError: (error: Error) => void;
  },
): Promise<Queue> {
  const boss = new PgBoss(
    options.work
      ? {
          connectionString: options.url,
          max: options.max ?? 12,
          useListenNotify: true,
          schedule: true,
          superviseIntervalSeconds: 15,
        }
      : {
          db: { executeSql: async (text, values) => options.pool.query(text, values as unknown[]) },
          supervise: false,
          schedule: false,
        },
  );
  boss.on("error", options.onError);
  try {
    await prepare(boss, options.names);
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    throw error;
  }
  return {
    boss,
    async enqueue(db, name, payload, { startAfter } = {}) {
      await boss.send(name, payload, {
        ...(startAfter === undefined ? {} : { startAfter }),
        db: ringing(db),
      });
    },
    async enqueueAll(db, name, payloads, { startAfter } = {}) {
      if (payloads.length === 0) return;
      await boss.insert(
        name,
        payloads.map((data) => ({ data, ...(startAfter === undefined ? {} : { startAfter }) })),
        { db: ringing(db) },
      );
    },
    close: () => boss.stop({ graceful: true, timeout: 10_000 }),
  };
}

/** What puts a job in the transaction at hand: the same two statements at every sale and every mail. */
function ringing(db: Database): Db {
  return {
    executeSql: async (text, values) => ({
      rows: [...(await db.executeQuery(CompiledQuery.raw(asPrepared(text), values ?? []))).rows],
    }),
  };
}

/** Makes the queue's tables, or brings them up to date: the work of the tables' owner, before anybody opens the queue. */
export async function installQueue(client: Client): Promise<void> {
  const boss = new PgBoss({
    db: { executeSql: async (text, values) => client.query(text, values as unknown[]) },
    supervise: false,
    schedule: false,
  });
  await boss.start();
  await boss.stop({ graceful: false });
}

/** Starts, makes the queues that are missing, and looks at each once. */
async function prepare(boss: PgBoss, names: readonly string[]): Promise<void> {
  await boss.start();
  const known = new Set((await boss.getQueues()).map(({ name }) => name));
  if (!known.has("failed")) await boss.createQueue("failed", { retryLimit: 0 });
  for (const name of names) {
    if (known.has(name)) continue;
    // Eight tries over about an hour; what still fails waits in `failed` for a person, with its payload.
    await boss.createQueue(name, {
      notify: true,
      deadLetter: "failed",
      retryLimit: 8,
      retryDelay: 2,
      retryBackoff: true,
      retryDelayMax: 900,
      expireInSeconds: 300,
      heartbeatSeconds: 10,
    });
    // The first look at a queue asks the pool for it. Were that left to the first job, as many transactions at once as the pool
    // has connections would each hold one and wait for another, for ever.
    await boss.getJobById(name, NIL);
  }
}
