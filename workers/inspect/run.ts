/**
 * Reads one uploaded file in a child process. What it learned comes back in stages: the last complete line counts, so
 * that a file whose cover is a bomb still keeps its title.
 */
import { mkdir } from "node:fs/promises";
import type { Inspection } from "#domain/metadata/inspection.ts";
import { type Ending, runBounded } from "./bounded.ts";
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

/** The machine had no time for the child: the file is not judged, and asked for again later. */
export class MachineBusy extends Error {}

/** Never throws for a bad file: whatever happens to the child is an answer. Throws `MachineBusy`. */
export async function inspectFile(path: string, options: InspectOptions): Promise<Inspection> {
  await mkdir(options.workDir, { recursive: true });
  const startedAt = performance.now();
  const bounds = {
    workDir: options.workDir,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    memoryMb: options.memoryMb ?? MEMORY_MB,
  };
  const ending = await runBounded(
    new URL("./child.ts", import.meta.url),
    { path, fileName: options.fileName },
    bounds,
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const last = lastLine(ending);
  if (ending.busy && last?.stage !== "done")
    throw new MachineBusy(`no processor within ${bounds.timeoutMs} ms`);
  if (!last) return refusal(ending.why ?? "unreadable", ending.why ? undefined : "reader_stopped", seconds);
  const { stage, inspection } = last;
  if (stage === "done" || inspection.verdict === "refused") return { ...inspection, seconds };
  // The record was read, then something in the optional part (cover, contents) ate the budget.
  const reasons = [
    ...inspection.reasons,
    { code: "cut_short" as const, detail: ending.why ?? "reader_stopped" },
  ];
  return { ...inspection, verdict: "warned", reasons, seconds };
}

function lastLine({ lines }: Ending): { stage: "record" | "done"; inspection: Inspection } | undefined {
  const last = lines.at(-1);
  return last === undefined ? undefined : JSON.parse(last);
}
