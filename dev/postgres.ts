import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { findBinaries } from "./postgres/binaries.ts";
import { choosePlaces, ensureCluster, type Places } from "./postgres/cluster.ts";
import { findOwner } from "./postgres/owner.ts";
import { answers, halt, launch, livePostmaster, lostItsSocket } from "./postgres/postmaster.ts";

export type Postgres = {
  /** A DATABASE_URL over the unix socket, as node-postgres, pg-boss and psql understand it. */
  url(database: string): string;
  /** The folder of the unix socket: pg's `host`. */
  host: string;
  /** Where the cluster lies; not `options.dataDir` where its owner could not reach that one. */
  dataDir: string;
  /** What PostgreSQL says, for the doctor. */
  logFile: string;
  /** Creates the database, empty or as a copy of `template`. Already there and no template: nothing happens. */
  createDatabase(name: string, template?: string): Promise<void>;
  /** Drops it where it exists, cutting who is connected. */
  dropDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
  restart(): Promise<void>;
  /** Whether it was already running. */
  reused: boolean;
};

/**
 * A real PostgreSQL 18 from npm, for a machine that has none: made on the first call (1–2 s), found running by the
 * next (about 0.1 s). It listens on no port. It outlives this process unless `stop()` is called.
 *
 * `durable` (default true): commits survive a power cut; tests say false. A cluster found running the other way is
 * restarted when durability is wanted. Throws PostgresUnavailable, with words for a person.
 */
export async function startPostgres(options: { dataDir: string; durable?: boolean }): Promise<Postgres> {
  const durable = options.durable ?? true;
  const owner = findOwner();
  const places = await choosePlaces(options.dataDir, owner);
  const binaries = await findBinaries(owner);

  const running = await findRunning(places, durable);
  if (!running) {
    await ensureCluster(binaries, places, owner, durable);
    try {
      await launch(binaries, places, owner, durable);
    } catch (error) {
      // Two starts at once: the other one won, and its server serves us as well.
      if (!(await findRunning(places, durable))) throw error;
    }
  }

  const stop = async () => {
    const pid = await livePostmaster(places);
    if (pid !== null) await halt(pid);
  };
  return {
    url: (database) =>
      `postgres://postgres@localhost/${encodeURIComponent(database)}?host=${encodeURIComponent(places.socket)}`,
    host: places.socket,
    dataDir: places.data,
    logFile: places.log,
    reused: running,
    createDatabase: (name, template) => createDatabase(places, name, template),
    dropDatabase: (name) =>
      command(places, `drop database if exists ${pg.escapeIdentifier(name)} with (force)`),
    stop,
    restart: async () => {
      await stop();
      await launch(binaries, places, owner, durable);
    },
  };
}

/** Whether a server of this cluster answers. One that is starting is waited for; one that lost its socket is ended. */
async function findRunning(places: Places, durable: boolean): Promise<boolean> {
  const pid = await livePostmaster(places);
  if (pid === null) return false;
  for (
    const until = Date.now() + 15_000;
    Date.now() < until && (await livePostmaster(places)) === pid;
    await pause(100)
  ) {
    const found = await answers(places);
    if (!found && (await lostItsSocket(places))) break;
    if (!found) continue;
    if (found.durable || !durable) return true;
    break;
  }
  await halt(pid);
  return false;
}

async function createDatabase(places: Places, name: string, template?: string): Promise<void> {
  const quoted = pg.escapeIdentifier(name);
  try {
    await command(
      places,
      `create database ${quoted}${template ? ` template ${pg.escapeIdentifier(template)}` : ""}`,
    );
  } catch (error) {
    const alreadyThere = (error as { code?: string }).code === "42P04";
    if (!alreadyThere || template) throw error;
  }
}

async function command(places: Places, sql: string): Promise<void> {
  const client = new pg.Client({ host: places.socket, user: "postgres", database: "postgres" });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
