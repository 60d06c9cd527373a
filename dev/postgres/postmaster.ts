import { execFileSync, spawn } from "node:child_process";
import { chown, lstat, open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Binaries } from "./binaries.ts";
import { ownFolder, type Places, plainEnvironment } from "./cluster.ts";
import type { Owner } from "./owner.ts";
import { explain } from "./refusal.ts";

const PATIENCE_MS = 30_000;

/**
 * The process that rules this cluster, or null. A `postmaster.pid` survives a `kill -9` and a power cut, and its number
 * may by then be another program's: only a living process that is a postgres of this very folder counts.
 */
export async function livePostmaster(places: Places): Promise<number | null> {
  const pid = Number((await pidFile(places))[0]);
  if (!(pid > 1) || !isAlive(pid)) return null;
  try {
    const command = execFileSync("ps", ["-ww", "-o", "args=", "-p", String(pid)], {
      stdio: "pipe",
    }).toString();
    return command.includes(places.data) ? pid : null;
  } catch {
    // A machine without `ps` (a slim image): on Linux the kernel tells as much.
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    return command.includes(places.data) ? pid : null;
  }
}

async function pidFile(places: Places): Promise<string[]> {
  return (await readFile(path.join(places.data, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
}

/** Ready by its own word, yet its socket is gone: something cleaned /tmp. Nobody can reach it any more. */
export async function lostItsSocket(places: Places): Promise<boolean> {
  if ((await pidFile(places))[7]?.trim() !== "ready") return false;
  return !(await lstat(path.join(places.socket, ".s.PGSQL.5432")).catch(() => null));
}

function isAlive(pid: number): boolean {
  // 0 and below would mean whole groups of processes.
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Starts Postgres apart from this process (its own session): a SIGKILL of ours does not take it down, and the next
 * start finds it again. `durable: false` trades safety against power cuts for speed (tests: 981 small transactions a
 * second instead of 616 on two loaded cores).
 */
export async function launch(
  binaries: Binaries,
  places: Places,
  owner: Owner,
  durable: boolean,
): Promise<number> {
  // Postgres itself clears the file of a dead process, but believes in any living one of that number.
  const stranger = isAlive(Number((await pidFile(places))[0])) && (await livePostmaster(places)) === null;
  if (stranger) await rm(path.join(places.data, "postmaster.pid"), { force: true });
  await ownFolder(places.socket, owner);
  const log = await open(places.log, "w", 0o600);
  try {
    if (owner) await chown(places.log, owner.uid, owner.gid);
    const settings = {
      listen_addresses: "",
      unix_socket_directories: places.socket,
      unix_socket_permissions: "0700",
      max_connections: "200",
      timezone: "UTC",
      log_timezone: "UTC",
      jit: "off",
      ...(durable ? {} : { fsync: "off", full_page_writes: "off", synchronous_commit: "off" }),
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const child = spawn(binaries.postgres, ["-D", places.data, ...flags], {
      ...owner,
      env: plainEnvironment(),
      cwd: "/",
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
    });
    const ended = new Promise<unknown>((resolve) => {
      child.once("error", resolve);
      child.once("exit", (code, signal) => resolve(signal ?? code));
    });
    child.unref();
    await untilReady(places, ended);
    return child.pid ?? 0;
  } finally {
    await log.close();
  }
}

/** Waits until it answers. It may be replaying its journal after a cut, so "starting up" is not a failure. */
async function untilReady(places: Places, ended: Promise<unknown>): Promise<void> {
  let outcome: { how: unknown } | null = null;
  void ended.then((how) => {
    outcome = { how };
  });
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(25)) {
    if (outcome) break;
    if (await answers(places)) return;
  }
  const said = await readFile(places.log, "utf8").catch(() => "");
  const how = (outcome as { how: unknown } | null)?.how;
  throw explain(
    "PostgreSQL does not start",
    how instanceof Error ? how.message : said || "It said nothing.",
    how,
  );
}

/** Null where nobody answers; else whether what is committed survives a power cut. */
export async function answers(places: Places): Promise<{ durable: boolean } | null> {
  const client = new pg.Client({
    host: places.socket,
    user: "postgres",
    database: "postgres",
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ fsync: string }>("show fsync");
    return { durable: rows[0]?.fsync === "on" };
  } catch {
    return null;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Fast shutdown: sessions are cut, what was committed is written down. Insists after 20 s. */
export async function halt(pid: number): Promise<void> {
  for (const [signal, patience] of [
    ["SIGINT", 20_000],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 2_000],
  ] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    for (const until = Date.now() + patience; isAlive(pid) && Date.now() < until; ) await pause(20);
  }
}
