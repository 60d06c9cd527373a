/**
 * Reads one uploaded file in a child process that may not hang, swell, write elsewhere, or see a secret.
 *
 * Four bounds hold it: a wall clock, its resident memory looked at every 20 ms (/proc), Node's permission model (it may
 * read the file and the programme, and write in its work folder; no child process, no worker), and `prlimit` where the
 * machine has it (CPU seconds, size of a written file, no core dump). What it learned comes back as JSON lines on a
 * pipe, one a stage: the last complete line counts, so a file whose cover is a bomb still keeps its title.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Inspection } from "#domain/metadata/inspection.ts";
import { refusal } from "./inspection.ts";

export type InspectOptions = {
  /** The name that the person gave it: compared with the bytes, never used as a path. */
  fileName: string;
  /** An own folder: the child writes the cover there, and nothing anywhere else. */
  workDir: string;
  timeoutMs?: number;
  memoryMb?: number;
};

/** Under the 10 s and 300 MB of the ingest contract, so that the answer itself comes in time. */
const TIMEOUT_MS = 9_000;
const MEMORY_MB = 280;
/** A table of contents of 5 000 lines and all fields at their longest come to less than this. */
const LONGEST_ANSWER = 8_000_000;
const PRLIMIT = ["/usr/bin/prlimit", "/bin/prlimit"].find((path) => existsSync(path));
const CHILD = fileURLToPath(new URL("./child.ts", import.meta.url));
const PROJECT = resolve(dirname(CHILD), "../..");

/** Never throws for a bad file: whatever happens to the child is an answer. */
export async function inspectFile(path: string, options: InspectOptions): Promise<Inspection> {
  await mkdir(options.workDir, { recursive: true });
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  const ending = await runChild(path, options);
  const last = lastLine(ending.answer);
  if (!last) return refusal(ending.why ?? "unreadable", ending.why ? undefined : "reader_stopped", seconds());
  if (last.stage === "done") return { ...last.inspection, seconds: seconds() };
  // The record was read, then something in the optional part (cover, contents) ate the budget.
  const reasons = [
    ...last.inspection.reasons,
    { code: "cut_short" as const, detail: ending.why ?? "reader_stopped" },
  ];
  const verdict = last.inspection.verdict === "refused" ? "refused" : "warned";
  return { ...last.inspection, verdict, reasons, seconds: seconds() };
}

type Ending = { answer: string; why?: "too_slow" | "too_large" };

function runChild(path: string, options: InspectOptions): Promise<Ending> {
  const { command, args } = commandLine(path, options);
  return new Promise((settle) => {
    const child = spawn(command, args, {
      cwd: options.workDir,
      // Nothing of ours: no database address, no key. PATH is not needed either, for it may start nothing.
      env: {
        NODE_ENV: "production",
        LANG: "C.UTF-8",
        TZ: "UTC",
        TMPDIR: options.workDir,
        VIPS_CONCURRENCY: "1",
        MALLOC_ARENA_MAX: "2",
      },
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    let answer = "";
    let why: Ending["why"];
    let settled = false;
    const stop = (reason: Ending["why"]) => {
      why ??= reason;
      child.kill("SIGKILL");
    };
    const clock = setTimeout(() => stop("too_slow"), options.timeoutMs ?? TIMEOUT_MS);
    const scale = setInterval(() => {
      if (residentMb(child.pid) > (options.memoryMb ?? MEMORY_MB)) stop("too_large");
    }, 20);
    const finish = () => {
      if (settled) return;
      settled = true;
      clearTimeout(clock);
      clearInterval(scale);
      settle(why ? { answer, why } : { answer });
    };
    const pipe = child.stdio[3] as import("node:stream").Readable;
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

function commandLine(path: string, options: InspectOptions): { command: string; args: string[] } {
  const file = realpathSync(path);
  const folder = realpathSync(options.workDir);
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
    CHILD,
    JSON.stringify({ path: file, fileName: options.fileName, workDir: folder }),
  ];
  if (!PRLIMIT) return { command: process.execPath, args: node };
  const limits = ["--core=0", "--fsize=67108864", "--cpu=20", "--nofile=512", "--data=1073741824"];
  return { command: PRLIMIT, args: [...limits, process.execPath, ...node] };
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

type Line = { stage: "record" | "done"; inspection: Inspection };

function lastLine(answer: string): Line | undefined {
  for (const line of answer.split("\n").slice(0, -1).reverse()) {
    try {
      return JSON.parse(line) as Line;
    } catch {
      // a line cut by the kill: the one before it counts
    }
  }
  return undefined;
}
