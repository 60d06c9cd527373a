import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { type Database, isDatabaseAway, openDatabase } from "#db/connection.ts";
import { openQueue } from "#db/queue.ts";
import { realClock } from "#gateways/clock.ts";
import type { Settings } from "#gateways/env.ts";
import { createMail } from "#gateways/mail.ts";
import { createStorage } from "#gateways/storage.ts";
import { createStripe } from "#gateways/stripe.ts";
import type { House } from "./house.ts";
import { jobs } from "./jobs.ts";

type Opening = { work: boolean; onError: (error: Error) => void };
type OpenHouse = { db: ReturnType<typeof openDatabase>["db"]; house: House; close(): Promise<void> };

/** A database that restarts is back within seconds; one that is away for longer is for a person to see. */
const patienceMs = 60_000;

/**
 * Opens everything that a process of ours needs, from its settings. `work: true` is the worker's: its queue listens. A database
 * that is away when we start is waited for, a minute at most.
 * `close` lets running jobs end, then closes mail and database in that order.
 */
export async function openHouse(settings: Settings, options: Opening): Promise<OpenHouse> {
  for (const end = Date.now() + patienceMs; ; await pause(1_000)) {
    try {
      return await openOnce(settings, options);
    } catch (error) {
      if (!isDatabaseAway(error) || Date.now() > end) throw error;
      options.onError(error as Error);
    }
  }
}

async function openOnce(settings: Settings, options: Opening): Promise<OpenHouse> {
  const { db, pool } = openDatabase(settings.databaseUrl, {
    max: settings.databasePool,
    onError: options.onError,
  });
  const names = Object.keys(jobs);
  const opening = options.work
    ? openQueue({ url: settings.databaseUrl, work: true, names, onError: options.onError })
    : openQueue({ pool, work: false, names, onError: options.onError });
  const queue = await opening.catch(async (error: unknown) => {
    await db.destroy();
    throw error;
  });
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
