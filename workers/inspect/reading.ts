/** What passes between the worker and the child that reads: one job a line one way, stages of its answer the other. */
import type { Inspection } from "#domain/metadata/inspection.ts";
import type { Notebook } from "./inspection.ts";
import type { Sniffed } from "./sniff.ts";

export type ReadingJob = {
  id: number;
  path: string;
  /** The name that the person gave the file. */
  fileName: string;
  workDir: string;
  /** « keep » makes the JPEG of the cover, « measure » reads its header only: same verdict but for broken pixels. */
  cover: "keep" | "measure";
};

/**
 * `stage` record: what is known so far, more to come. `spent`: the child should not read another file. `stray`: the
 * problem came from a callback, and may be the work of the file before.
 */
export type Said =
  | { ready: true }
  | { id: number; stage: "record" | "done"; inspection: Inspection; spent?: true; stray?: true };

/** Its first bytes, in which its size mostly stands; all of them where they are asked for, for they may have to be inflated. */
export type FoundPicture = { head: Uint8Array; whole: () => Promise<Uint8Array> };

/** What a reader of one kind is given. */
export type Reading = {
  path: string;
  size: number;
  fileName: string;
  workDir: string;
  sniffed: Sniffed;
  notes: Notebook;
  cover: ReadingJob["cover"];
  /** Call once the record is complete: what follows (cover, contents) may be lost without losing the file. */
  recordRead: () => void;
  keepCover: (picture: FoundPicture, source: string) => Promise<void>;
  /** Something may still run after the answer: another file deserves another child. */
  spend: () => void;
};
