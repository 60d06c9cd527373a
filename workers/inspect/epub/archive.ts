/**
 * The gate: nothing inside an EPUB is read before its central directory has been. What it refuses, no other library of
 * ours (epub2 holds the whole archive in memory and inflates on demand) ever gets to see.
 */
import type { Entry, ZipFile } from "yauzl";
import yauzl from "yauzl";
import { Unacceptable } from "../inspection.ts";

const MOST_ENTRIES = 20_000;
const LARGEST_ENTRY = 256 * 1_048_576;
const LARGEST_TOTAL = 1_024 * 1_048_576;
/** Deflate reaches 1 032; text books stay under 12. Small entries are left alone: a blank page compresses well. */
const HIGHEST_RATIO = 200;
const RATIO_MATTERS_ABOVE = 1_048_576;

export type Archive = {
  /** Names as in the archive, in its order; no folder entries. */
  names: string[];
  has: (name: string) => boolean;
  size: (name: string) => number;
  /** Inflated bytes, at most `most`. Refuses with `zip_broken` when they do not match what the directory says. */
  read: (name: string, most: number) => Promise<Buffer>;
  close: () => void;
};

/** Opens and checks; throws `Unacceptable`. Reading the directory of 20 000 entries takes about 150 ms. */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await open(path);
  const entries = new Map<string, Entry>();
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      total += entry.uncompressedSize;
      inspectEntry(entry, total, entries.size);
      if (entry.fileName.endsWith("/")) continue;
      if (entries.has(entry.fileName)) throw new Unacceptable("zip_duplicate", entry.fileName);
      entries.set(entry.fileName, entry);
    }
    refuseOverlap([...entries.values()]);
  } catch (problem) {
    zip.close();
    throw asRefusal(problem);
  }
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    size: (name) => entries.get(name)?.uncompressedSize ?? 0,
    read: (name, most) => readEntry(zip, entries.get(name), most),
    close: () => zip.close(),
  };
}

function open(path: string): Promise<ZipFile> {
  return new Promise((settle, fail) => {
    yauzl.open(
      path,
      { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: true },
      (problem, zip) => {
        if (problem || !zip) fail(asRefusal(problem));
        else if (zip.entryCount > MOST_ENTRIES) {
          zip.close();
          fail(new Unacceptable("zip_too_many", String(zip.entryCount)));
        } else settle(zip);
      },
    );
  });
}

function inspectEntry(entry: Entry, total: number, seen: number): void {
  if (seen >= MOST_ENTRIES) throw new Unacceptable("zip_too_many");
  if (entry.isEncrypted()) throw new Unacceptable("encrypted", entry.fileName);
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    throw new Unacceptable("zip_method", String(entry.compressionMethod));
  // The upper half of the external attributes is the Unix mode; 0o120000 is a symbolic link.
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000)
    throw new Unacceptable("zip_symlink", entry.fileName);
  if (entry.uncompressedSize > LARGEST_ENTRY || total > LARGEST_TOTAL)
    throw new Unacceptable("zip_bomb", entry.fileName);
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  if (entry.uncompressedSize > RATIO_MATTERS_ABOVE && ratio > HIGHEST_RATIO)
    throw new Unacceptable("zip_bomb", entry.fileName);
}

/** Several entries that share one compressed block are the oldest way to make a small file swell. */
function refuseOverlap(entries: Entry[]): void {
  const inOrder = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  for (const [index, entry] of inOrder.entries()) {
    const next = inOrder[index + 1];
    // 30 bytes of local header; its name may differ in length from the directory's, so only the data is counted.
    const end = entry.relativeOffsetOfLocalHeader + 30 + entry.compressedSize;
    if (next && end > next.relativeOffsetOfLocalHeader) throw new Unacceptable("zip_overlap", entry.fileName);
  }
}

async function readEntry(zip: ZipFile, entry: Entry | undefined, most: number): Promise<Buffer> {
  if (!entry) throw new Unacceptable("zip_broken", "no such entry");
  if (entry.uncompressedSize > most) throw new Unacceptable("zip_bomb", entry.fileName);
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > most) throw new Unacceptable("zip_bomb", entry.fileName);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  } catch (problem) {
    throw asRefusal(problem);
  }
}

function asRefusal(problem: unknown): Unacceptable {
  if (problem instanceof Unacceptable) return problem;
  const message = problem instanceof Error ? problem.message : String(problem);
  const unsafe = /invalid relative path|absolute path|invalid characters in fileName/.test(message);
  return new Unacceptable(unsafe ? "zip_traversal" : "zip_broken", message);
}
