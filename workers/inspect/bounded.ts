/**
 * Runs one of our child programmes on a stranger's file, under four bounds: a wall clock, its resident memory looked at
 * every 20 ms (/proc), Node's permission model (it reads the file and the programme, writes in its work folder, starts
 * nothing), and `prlimit` where the machine has it (CPU seconds, data segment, size of a written file, no core dump).
 * It gets no environment of ours: no database address, no key. It answers in lines on file descriptor 3.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

export type Bounds = { workDir: string; timeoutMs: number; memoryMb: number };

/**
 * `why` is set when a bound ended it; the lines are those that came before. `busy`: the clock ran out although the child
 * had hardly been given the processor, which says something of the machine and nothing of the file.
 */
export type Ending = { lines: string[]; why?: "too_slow" | "too_large"; busy?: true };

/** A table of contents of 5 000 lines and all fields at their longest come to less than this, in characters. */
const LONGEST_ANSWER = 8_000_000;
export const PRLIMIT = ["/usr/bin/prlimit", "/bin/prlimit"].find((path) => existsSync(path));
const PROJECT = realpathSync(fileURLToPath(new URL("../..", import.meta.url)));

/** `programme` is a file of ours; it finds `job` (with `path` made absolute) as JSON in its first argument. */
export function runBounded(
  programme: URL,
  job: { path: string } & Record<string, unknown>,
  bounds: Bounds,
): Promise<Ending> {
  const { command, args } = commandLine(programme, job, bounds);
  return new Promise((settle) => {
    const child = spawn(command, args, {
      cwd: bounds.workDir,
      env: {
        NODE_ENV: "production",
        LANG: "C.UTF-8",
        TZ: "UTC",
        TMPDIR: bounds.workDir,
        VIPS_CONCURRENCY: "1",
        MALLOC_ARENA_MAX: "2",
      },
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    let answer = "";
    let why: Ending["why"];
    let busy = false;
    let settled = false;
    const stop = (reason: Ending["why"]) => {
      why ??= reason;
      child.kill("SIGKILL");
    };
    const clock = setTimeout(() => {
      busy = processorMs(child.pid) < bounds.timeoutMs / 4;
      stop("too_slow");
    }, bounds.timeoutMs);
    const scale = setInterval(() => {
      if (residentMb(child.pid) > bounds.memoryMb) stop("too_large");
    }, 20);
    const finish = () => {
      if (settled) return;
      settled = true;
      clearTimeout(clock);
      clearInterval(scale);
      // What follows the last line end was cut by a kill.
      const lines = answer.split("\n").slice(0, -1);
      settle(why ? { lines, why, ...(busy ? { busy } : {}) } : { lines });
    };
    const pipe = child.stdio[3] as Readable;
    pipe.setEncoding("utf8");
    pipe.on("data", (chunk: string) => {
      answer += chunk;
      if (answer.length > LONGEST_ANSWER) stop("too_large");
    });
    pipe.on("error", finish);
    child.on("error", finish);
    child.on("close", finish);
  });
}

function commandLine(
  programme: URL,
  job: { path: string } & Record<string, unknown>,
  { workDir }: Bounds,
): { command: string; args: string[] } {
  const file = realpathSync(job.path);
  const folder = realpathSync(workDir);
  const node = [
    "--no-warnings",
    "--max-old-space-size=160",
    "--max-semi-space-size=4",
    "--permission",
    // sharp is a native addon; it only ever gets bytes, never a path.
    "--allow-addons",
    `--allow-fs-read=${PROJECT}/*`,
    `--allow-fs-read=${realpathSync(`${PROJECT}/node_modules`)}/*`,
    `--allow-fs-read=${file}`,
    `--allow-fs-read=${folder}/*`,
    `--allow-fs-write=${folder}/*`,
    fileURLToPath(programme),
    JSON.stringify({ ...job, path: file, workDir: folder }),
  ];
  if (!PRLIMIT) return { command: process.execPath, args: node };
  const limits = ["--core=0", "--fsize=67108864", "--cpu=30", "--nofile=512", "--data=1073741824"];
  return { command: PRLIMIT, args: [...limits, process.execPath, ...node] };
}

/** Time of the processor that it has had, all threads; without /proc, as if it had had it all. */
function processorMs(pid: number | undefined): number {
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

function residentMb(pid: number | undefined): number {
  if (pid === undefined) return 0;
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, "latin1").split(" ")[1]);
    return (pages * 4096) / 1_048_576;
  } catch {
    return 0; // no /proc on this system, or the child has just ended: the clock still holds it
  }
}
