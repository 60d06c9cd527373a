import { sql } from "kysely";
import { type Database, openDatabase } from "#db/connection.ts";
import { openQueue } from "#db/queue.ts";
import { realClock } from "#gateways/clock.ts";
import type { Settings } from "#gateways/env.ts";
import { createMail } from "#gateways/mail.ts";
import { createStorage } from "#gateways/storage.ts";
import { createStripe } from "#gateways/stripe.ts";
import type { House } from "./house.ts";
import { jobs } from "./jobs.ts";

/**
 * Opens everything that a process of ours needs, from its settings. `work: true` is the worker's: its queue listens.
 * `close` lets running jobs end, then closes mail and database in that order.
 */
export async function openHouse(
  settings: Settings,
  options: { work: boolean; onError: (error: Error) => void },
): Promise<{ db: ReturnType<typeof openDatabase>["db"]; house: House; close(): Promise<void> }> {
  const { db, pool } = openDatabase(settings.databaseUrl, {
    max: settings.databasePool,
    onError: options.onError,
  });
  const names = Object.keys(jobs);
  const queue = options.work
    ? await openQueue({ url: settings.databaseUrl, work: true, names, onError: options.onError })
    : await openQueue({ pool, work: false, names, onError: options.onError });
  const house: House = {
    clock: realClock,
    queue,
    stripe: createStripe(settings.stripe),
    storage: createStorage(settings.storage),
    mail: createMail(settings.mail),
    settings,
  };
  return {
    db,
    house,
    async close() {
      await queue.close();
      house.mail.close();
      await db.destroy();
    },
  };
}

/** Throws where the database does not answer. */
export async function isAlive(db: Database): Promise<void> {
  await sql`select 1`.execute(db);
}
