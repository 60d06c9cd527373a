/**
 * What every one of our programmes that opens a stranger's file runs under: Node's permission model (it reads the project and
 * what it is given, writes in its own folder, starts nothing), `prlimit` and a network of its own without any way out
 * where the machine has them, and no environment of ours: no database address, no key.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const PRLIMIT = ["/usr/bin/prlimit", "/bin/prlimit"].find((path) => existsSync(path));
const UNSHARE = ["/usr/bin/unshare", "/bin/unshare"].find((path) => existsSync(path));
const PROJECT = realpathSync(fileURLToPath(new URL("../..", import.meta.url)));

export type Confinement = {
  programme: URL;
  /** Real paths; the folder may be written as well. */
  folder: string;
  readable: readonly string[];
  args: readonly string[];
  processorSeconds: number;
  /** Of memory that a short-lived object may fill before it is swept, in MB: more is faster, and counts. */
  youngMb: number;
};

/** The command and its arguments as a list: no shell ever reads a name that a stranger chose. */
export function confined(what: Confinement): { command: string; args: string[] } {
  const node = [
    "--no-warnings",
    "--max-old-space-size=160",
    `--max-semi-space-size=${what.youngMb}`,
    "--permission",
    // sharp is a native addon; it only ever gets bytes, never a path.
    "--allow-addons",
    `--allow-fs-read=${PROJECT}/*`,
    `--allow-fs-read=${realpathSync(`${PROJECT}/node_modules`)}/*`,
    ...what.readable.map((path) => `--allow-fs-read=${path}`),
    ...["read", "write"].flatMap((right) => [
      `--allow-fs-${right}=${what.folder}`,
      `--allow-fs-${right}=${what.folder}/*`,
    ]),
    fileURLToPath(what.programme),
    ...what.args,
  ];
  const limits = [
    "--core=0",
    "--fsize=67108864",
    `--cpu=${what.processorSeconds}`,
    "--nofile=512",
    "--data=1073741824",
  ];
  const [command = process.execPath, ...args] = [
    ...withoutNetwork(),
    ...(PRLIMIT ? [PRLIMIT, ...limits] : []),
    process.execPath,
    ...node,
  ];
  return { command, args };
}

export function environment(folder: string): NodeJS.ProcessEnv {
  return {
    NODE_ENV: "production",
    LANG: "C.UTF-8",
    TZ: "UTC",
    TMPDIR: folder,
    VIPS_CONCURRENCY: "1",
    MALLOC_ARENA_MAX: "2",
  };
}

let isolation: string[] | undefined;

/** Tried once: many containers refuse it, and then what holds is that no library of the child calls out by itself. */
function withoutNetwork(): string[] {
  if (isolation) return isolation;
  const asks = process.getuid?.() === 0 ? ["--net"] : ["--map-root-user", "--net"];
  const works = UNSHARE && spawnSync(UNSHARE, [...asks, "true"], { stdio: "ignore" }).status === 0;
  isolation = works && UNSHARE ? [UNSHARE, ...asks] : [];
  return isolation;
}

/** Time of the processor that it has had, all threads; without /proc, as if it had had it all. */
export function processorMs(pid: number | undefined): number {
  try {
    const [user = 0, system = 0] = readFileSync(`/proc/${pid}/stat`, "latin1")
      .split(") ")[1]!
      .split(" ")
      .slice(11, 13)
      .map(Number);
    // Clock ticks are a hundredth of a second on every Linux that Node runs on.
    return (user + system) * 10;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

export function residentMb(pid: number | undefined): number {
  if (pid === undefined) return 0;
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, "latin1").split(" ")[1]);
    return (pages * 4096) / 1_048_576;
  } catch {
    return 0; // no /proc on this system, or the child has just ended: the clock still holds it
  }
}

/** Starts the kernel's own high-water mark afresh (proc(5), clear_refs: 5), so that it speaks of one file only. */
export function forgetPeak(pid: number | undefined): boolean {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
    return true;
  } catch {
    return false;
  }
}

export function peakMb(pid: number | undefined): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}
