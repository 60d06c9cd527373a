/**
 * Counts the pieces that a sound is made of before the parser does: each costs it some steps, and a file of half a
 * megabyte can hold a hundred thousand empty ones. A sound has a dozen; a film cut in fragments, a few thousand.
 */
import { closeSync, openSync, readSync } from "node:fs";
import { Unacceptable } from "../inspection.ts";

const MOST_PIECES = 10_000;
const WINDOW = 4_096;

type Step = (head: Buffer) => number;

/** By media type: where the pieces begin, and how far it is from one to the next; 0 ends the walk. */
const WALKS: Record<string, { start: number; step: Step }> = {
  "audio/mp4": { start: 0, step: atom },
  "audio/wav": { start: 12, step: (head) => 8 + even(head.readUInt32LE(4)) },
  "audio/aiff": { start: 12, step: (head) => 8 + even(head.readUInt32BE(4)) },
  "audio/flac": { start: 4, step: (head) => ((head[0] as number) & 0x80 ? 0 : 4 + head.readUIntBE(1, 3)) },
};

/** Refuses with `unreadable`. */
export function refuseSwarm(path: string, size: number, mediaType: string): void {
  const walk = WALKS[mediaType];
  if (!walk) return;
  const file = openSync(path, "r");
  try {
    let window = Buffer.alloc(0);
    let from = 0;
    let at = walk.start;
    for (let pieces = 0; at + 16 <= size; pieces += 1) {
      if (pieces > MOST_PIECES) throw new Unacceptable("unreadable", `more than ${MOST_PIECES} pieces`);
      if (at < from || at + 16 > from + window.length) {
        window = Buffer.alloc(Math.min(WINDOW, size - at));
        readSync(file, window, 0, window.length, at);
        from = at;
      }
      const step = walk.step(window.subarray(at - from, at - from + 16));
      if (step <= 0) return;
      at += step;
    }
  } finally {
    closeSync(file);
  }
}

function even(length: number): number {
  return length + (length % 2);
}

/** A size of 1 means that the true one follows in eight bytes; of 0, that the atom goes on to the end. */
function atom(head: Buffer): number {
  const size = head.readUInt32BE(0);
  if (size === 1) return Number(head.readBigUInt64BE(8));
  return size < 8 ? 0 : size;
}
