/**
 * The child: reads one file, writes what it learned to file descriptor 3, ends. Started by run.ts only, under its
 * bounds; all libraries that parse a stranger's bytes are loaded here and nowhere else.
 */

import { writeSync } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Inspection, Kind } from "#domain/metadata/inspection.ts";
import { Notebook, refusal, Unacceptable } from "./inspection.ts";
import { compareName, type Sniffed, sniff } from "./sniff.ts";

export type Reading = {
  path: string;
  size: number;
  fileName: string;
  workDir: string;
  sniffed: Sniffed;
  notes: Notebook;
  /** Call once the record is complete: what follows (cover, contents) may be lost without losing the file. */
  recordRead: () => void;
  keepCover: (bytes: Uint8Array) => Promise<void>;
};

const startedAt = performance.now();
const { path, fileName, workDir } = JSON.parse(process.argv[2] ?? "{}") as {
  path: string;
  fileName: string;
  workDir: string;
};
const notes = new Notebook();
let sniffed: Sniffed = { kind: "unknown", mediaType: "application/octet-stream" };

const READERS: Record<Exclude<Kind, "unknown">, (reading: Reading) => Promise<void>> = {
  epub: async (reading) => (await import("./epub/inspect-epub.ts")).inspectEpub(reading),
  pdf: async (reading) => (await import("./pdf/inspect-pdf.ts")).inspectPdf(reading),
  audio: async (reading) => (await import("./audio/inspect-audio.ts")).inspectAudio(reading),
  image: async (reading) => (await import("./image/inspect-image.ts")).inspectImage(reading),
};

// Two of the libraries throw from callbacks, where no promise of ours hears it: the file is the culprit, not us.
process.on("uncaughtException", (problem) => {
  say("done", asRefusal(problem));
  process.exit(0);
});
process.on("unhandledRejection", (problem) => {
  say("done", asRefusal(problem));
  process.exit(0);
});

try {
  await read();
  say("done", notes.close(sniffed.kind, sniffed.mediaType, startedAt));
} catch (problem) {
  say("done", asRefusal(problem));
}
process.exit(0);

async function read(): Promise<void> {
  const file = await open(path, "r");
  const { size } = await file.stat();
  const head = Buffer.alloc(Math.min(size, 65_536));
  await file.read(head, 0, head.length, 0);
  await file.close();
  if (size === 0) throw new Unacceptable("empty_file");
  sniffed = sniff(head);
  if (sniffed.kind === "unknown") throw new Unacceptable("unknown_type");
  const name = compareName(fileName, sniffed);
  if (name === "other") throw new Unacceptable("wrong_type", `${sniffed.mediaType} named as something else`);
  if (name === "near") notes.warn("extension_differs", sniffed.mediaType);
  const reading: Reading = { path, size, fileName, workDir, sniffed, notes, recordRead, keepCover };
  await READERS[sniffed.kind](reading);
}

function recordRead(): void {
  say("record", notes.close(sniffed.kind, sniffed.mediaType, startedAt));
}

/** Re-encodes a picture found in the file; a picture that cannot be is a warning, never a refusal. */
async function keepCover(bytes: Uint8Array): Promise<void> {
  const { rasterise } = await import("./image/rasterise.ts");
  try {
    const { jpeg, width, height } = await rasterise(bytes);
    const target = join(workDir, "cover.jpg");
    await writeFile(target, jpeg);
    notes.cover = { path: target, mediaType: "image/jpeg", width, height };
  } catch (problem) {
    notes.warn(
      problem instanceof Unacceptable && problem.code === "image_too_large"
        ? "cover_too_large"
        : "cover_unreadable",
    );
  }
}

function asRefusal(problem: unknown): Inspection {
  const seconds = (performance.now() - startedAt) / 1000;
  if (problem instanceof Unacceptable)
    return refusal(problem.code, problem.detail, seconds, sniffed.kind, sniffed.mediaType);
  const detail = problem instanceof Error ? `${problem.name}: ${problem.message}` : String(problem);
  return refusal("unreadable", detail, seconds, sniffed.kind, sniffed.mediaType);
}

function say(stage: "record" | "done", inspection: Inspection): void {
  const bytes = Buffer.from(`${JSON.stringify({ stage, inspection })}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(3, bytes, at);
    } catch (problem) {
      // The pipe is full: the parent is reading, try again.
      if ((problem as NodeJS.ErrnoException).code !== "EAGAIN") return;
    }
  }
}
