/**
 * The child: reads one file after the other, as they are named on its standard input, and writes what it learned to file
 * descriptor 3. Started by reader.ts only, confined; all libraries that parse a stranger's bytes are loaded here and in
 * the children of derivatives/, and nowhere else.
 */
import { closeSync, fstatSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Inspection, Kind } from "#domain/metadata/inspection.ts";
import { measure } from "./image/measure.ts";
import { Notebook, refusal, Unacceptable } from "./inspection.ts";
import type { FoundPicture, Reading, ReadingJob, Said } from "./reading.ts";
import { compareName, type Sniffed, sniff } from "./sniff.ts";

type Reader = (reading: Reading) => Promise<void>;
/** Loaded when the first file of the kind comes, and kept. */
const LOAD: Record<Exclude<Kind, "unknown">, () => Promise<Reader>> = {
  epub: async () => (await import("./epub/inspect-epub.ts")).inspectEpub,
  pdf: async () => (await import("./pdf/inspect-pdf.ts")).inspectPdf,
  audio: async () => (await import("./audio/inspect-audio.ts")).inspectAudio,
  image: async () => (await import("./image/inspect-image.ts")).inspectImage,
};
const loaded: Partial<Record<Kind, Reader>> = {};
const UNKNOWN: Sniffed = { kind: "unknown", mediaType: "application/octet-stream" };
/** Enough for every signature; a sound whose tag is longer is looked at behind it. */
const HEAD = 65_536;

type Current = { job: ReadingJob; startedAt: number; sniffed: Sniffed; notes: Notebook; spent: boolean };
let current: Current | undefined;

// Nothing that is read has business with the network; where the machine can, there is none at all (confine.ts).
Socket.prototype.connect = () => {
  throw new Error("no network here");
};

// Two of the libraries throw from callbacks, where no promise of ours hears it: the file is the culprit, not us.
for (const name of ["uncaughtException", "unhandledRejection"] as const)
  process.on(name, (problem) => {
    if (current) finish(current, asRefusal(current, problem), { spent: true, stray: true });
    process.exit(0);
  });

say({ ready: true });
for await (const line of createInterface({ input: process.stdin })) await answer(JSON.parse(line));
// Whoever started us is gone, and took no leave of the folder.
rmSync(process.cwd(), { recursive: true, force: true });
process.exit(0);

async function answer(job: ReadingJob): Promise<void> {
  const mine: Current = {
    job,
    startedAt: performance.now(),
    sniffed: UNKNOWN,
    notes: new Notebook(),
    spent: false,
  };
  current = mine;
  try {
    await read(mine);
    finish(mine, closed(mine), mine.spent ? { spent: true } : {});
  } catch (problem) {
    // An orderly no leaves nothing behind; whatever else a library threw, it may not be itself any more.
    const orderly = problem instanceof Unacceptable && problem.code !== "unreadable" && !mine.spent;
    finish(mine, asRefusal(mine, problem), orderly ? {} : { spent: true });
  }
  current = undefined;
}

async function read(mine: Current): Promise<void> {
  const { path, fileName, workDir, cover } = mine.job;
  const { notes } = mine;
  // Asked without leaving the thread: nothing else goes on here, and each visit to another one costs more than it reads.
  const file = openSync(path, "r");
  let size = 0;
  try {
    ({ size } = fstatSync(file));
    if (size === 0) throw new Unacceptable("empty_file");
    const head = Buffer.allocUnsafe(Math.min(size, HEAD));
    const held = readSync(file, head, 0, head.length, 0);
    mine.sniffed = await sniff(head.subarray(0, held), async (at, length) => {
      const piece = Buffer.alloc(length);
      return piece.subarray(0, readSync(file, piece, 0, length, at));
    });
  } finally {
    closeSync(file);
  }
  const { sniffed } = mine;
  if (sniffed.kind === "unknown") throw new Unacceptable("unknown_type");
  const name = compareName(fileName, sniffed);
  if (name === "other") throw new Unacceptable("wrong_type", `${sniffed.mediaType} named as something else`);
  if (name === "near") notes.warn("extension_differs", sniffed.mediaType);
  const reading: Reading = {
    path,
    size,
    fileName,
    workDir,
    sniffed,
    notes,
    cover,
    recordRead: () => say({ id: mine.job.id, stage: "record", inspection: closed(mine) }),
    keepCover: (picture, source) => keepCover(mine, picture, source),
    spend: () => {
      mine.spent = true;
    },
  };
  loaded[sniffed.kind] ??= await LOAD[sniffed.kind]();
  await loaded[sniffed.kind]?.(reading);
}

/** Measures a picture found in the file, and re-encodes it when asked to; one that cannot be is a warning, never a refusal. */
async function keepCover({ job, notes }: Current, picture: FoundPicture, source: string): Promise<void> {
  try {
    const { mediaType, width, height } = await measure(picture);
    if (job.cover === "keep") {
      const { rasterise } = await import("./image/rasterise.ts");
      const { jpeg, ...size } = await rasterise(await picture.whole());
      const target = join(job.workDir, "cover.jpg");
      await writeFile(target, jpeg);
      notes.cover = { path: target, mediaType: "image/jpeg", width: size.width, height: size.height };
    }
    notes.picture = { mediaType, width, height, source };
  } catch (problem) {
    notes.warn(
      problem instanceof Unacceptable && problem.code === "image_too_large"
        ? "cover_too_large"
        : "cover_unreadable",
    );
  }
}

function closed({ notes, sniffed, startedAt }: Current): Inspection {
  return notes.close(sniffed.kind, sniffed.mediaType, startedAt);
}

function asRefusal({ sniffed, startedAt }: Current, problem: unknown): Inspection {
  const seconds = (performance.now() - startedAt) / 1000;
  if (problem instanceof Unacceptable)
    return refusal(problem.code, problem.detail, seconds, sniffed.kind, sniffed.mediaType);
  const detail = problem instanceof Error ? `${problem.name}: ${problem.message}` : String(problem);
  return refusal("unreadable", detail, seconds, sniffed.kind, sniffed.mediaType);
}

function finish({ job }: Current, inspection: Inspection, more: { spent?: true; stray?: true }): void {
  say({ id: job.id, stage: "done", inspection, ...more });
}

function say(what: Said): void {
  const bytes = Buffer.from(`${JSON.stringify(what)}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(3, bytes, at);
    } catch (problem) {
      // The pipe is full: the parent is reading, try again.
      if ((problem as NodeJS.ErrnoException).code !== "EAGAIN") return;
    }
  }
}
