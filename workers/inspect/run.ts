/**
 * Reads uploaded files, each in a child that may have read others before (reader.ts). What it learned comes back in
 * stages: the last one counts, so that a file whose cover is a bomb still keeps its title.
 */
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { Inspection } from "#domain/metadata/inspection.ts";
import { refusal } from "./inspection.ts";
import { type Asked, type Heard, MachineBusy, type Reader, startReader } from "./reader.ts";
import type { ReadingJob } from "./reading.ts";

export type InspectOptions = {
  /** The name that the person gave it: compared with the bytes, never used as a path. */
  fileName: string;
  /** An own folder: the cover is brought there, and nothing anywhere else. */
  workDir: string;
  /** « keep » (when not said): the cover is made again as a JPEG. « measure »: it is found and its header read. */
  cover?: ReadingJob["cover"];
  timeoutMs?: number;
  memoryMb?: number;
};

/** Under the 10 s and 300 MB of the ingest contract, so that the answer itself comes in time. */
const TIMEOUT_MS = 9_000;
const MEMORY_MB = 280;
/** A child that keeps more than this between two files is replaced, and so is one that has read this many. */
const LEAN_MB = 190;
const MOST_FILES = 400;
/** After this long without work, children end: they hold some 100 MB each. */
const IDLE_MS = 20_000;
/** As many as the machine does at once; more would only wait for each other. */
export const MOST_READERS = Math.max(1, Math.min(4, availableParallelism()));

const living = new Set<Reader>();
const idle: Reader[] = [];
const waiting: ((reader: Reader | undefined) => void)[] = [];
let out = 0;
let rest: NodeJS.Timeout | undefined;
process.once("exit", () => {
  for (const reader of living) reader.close();
});

/** Never throws for a bad file: whatever happens to the child is an answer. Throws `MachineBusy`. */
export async function inspectFile(path: string, options: InspectOptions): Promise<Inspection> {
  const state = statSync(path, { throwIfNoEntry: false });
  if (!state?.isFile()) return refusal("unreadable", state ? "not a file" : "no such file", 0);
  const asked: Asked = {
    path,
    fileName: options.fileName,
    workDir: options.workDir,
    cover: options.cover ?? "keep",
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    memoryMb: options.memoryMb ?? MEMORY_MB,
  };
  let reader = await take();
  try {
    let heard = await reader.ask(asked);
    // No file pays for the one before it: what went wrong in a used child is judged by a new one.
    if (reader.read() > 1 && !heard.busy && wentWrong(heard)) {
      end(reader);
      reader = startOne();
      heard = await reader.ask(asked);
    }
    return judge(heard, asked);
  } finally {
    give(reader);
  }
}

function wentWrong({ last, why }: Heard): boolean {
  return why === "too_large" || (why === undefined && last?.stage !== "done") || last?.stray === true;
}

function judge(heard: Heard, { timeoutMs }: Asked): Inspection {
  const { last, why, seconds } = heard;
  const peakMb = Math.round(heard.peakMb * 10) / 10;
  if (heard.busy && last?.stage !== "done") throw new MachineBusy(`no processor within ${timeoutMs} ms`);
  if (!last) return { ...refusal(why ?? "unreadable", why ? undefined : "reader_stopped", seconds), peakMb };
  const { stage, inspection } = last;
  if (stage === "done" || inspection.verdict === "refused") return { ...inspection, seconds, peakMb };
  // The record was read, then something in the optional part (cover, contents) ate the budget.
  const reasons = [...inspection.reasons, { code: "cut_short" as const, detail: why ?? "reader_stopped" }];
  return { ...inspection, verdict: "warned", reasons, seconds, peakMb };
}

function startOne(): Reader {
  const reader = startReader({ mostFiles: MOST_FILES, leanMb: LEAN_MB });
  living.add(reader);
  return reader;
}

function end(reader: Reader): void {
  living.delete(reader);
  reader.close();
}

async function take(): Promise<Reader> {
  clearTimeout(rest);
  if (out >= MOST_READERS) {
    const handed = await new Promise<Reader | undefined>((turn) => waiting.push(turn));
    return handed ?? startOne();
  }
  out += 1;
  return idle.pop() ?? startOne();
}

function give(reader: Reader): void {
  const fit = reader.fit();
  if (!fit) end(reader);
  const next = waiting.shift();
  if (next) {
    next(fit ? reader : undefined);
    return;
  }
  out -= 1;
  if (fit) idle.push(reader);
  rest = setTimeout(closeIdle, IDLE_MS).unref();
}

/** Ends the children that wait for work; the next file starts one again. */
export function closeIdle(): void {
  for (const reader of idle.splice(0)) end(reader);
}
