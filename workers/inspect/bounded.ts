/**
 * Runs one of our programmes on a stranger's file once, confined, under a wall clock and with its resident memory looked
 * at every 20 ms (/proc). It answers in lines on file descriptor 3.
 */
import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import type { Readable } from "node:stream";
import { confined, environment, processorMs, residentMb } from "./confine.ts";

export type Bounds = { workDir: string; timeoutMs: number; memoryMb: number };

/**
 * `why` is set when a bound ended it; the lines are those that came before. `busy`: the clock ran out although the child
 * had hardly been given the processor, which says something of the machine and nothing of the file.
 */
export type Ending = { lines: string[]; why?: "too_slow" | "too_large"; busy?: true };

/** A table of contents of 5 000 lines and all fields at their longest come to less than this, in characters. */
export const LONGEST_ANSWER = 8_000_000;

/** `programme` is a file of ours; it finds `job` (with `path` made absolute) as JSON in its first argument. */
export function runBounded(
  programme: URL,
  job: { path: string } & Record<string, unknown>,
  bounds: Bounds,
): Promise<Ending> {
  const path = realpathSync(job.path);
  const workDir = realpathSync(bounds.workDir);
  const { command, args } = confined({
    programme,
    folder: workDir,
    readable: [path],
    args: [JSON.stringify({ ...job, path, workDir })],
    processorSeconds: 30,
    youngMb: 4,
  });
  return new Promise((settle) => {
    const child = spawn(command, args, {
      cwd: workDir,
      env: environment(workDir),
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
