/**
 * The gate: nothing inside an EPUB is read before its central directory has been. What it refuses, no other library of
 * ours (epub2 holds the whole archive in memory and inflates on demand) ever gets to see.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { constants, inflateRawSync } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import yauzl from "yauzl";
import { Unacceptable } from "../inspection.ts";
import { BlockReader } from "./block-reader.ts";

const MOST_ENTRIES = 20_000;
const LARGEST_ENTRY = 256 * 1_048_576;
const LARGEST_TOTAL = 1_024 * 1_048_576;
/** Deflate reaches 1 032; text books stay under 12. Small entries are left alone: a blank page compresses well. */
const HIGHEST_RATIO = 200;
const RATIO_MATTERS_ABOVE = 1_048_576;
/** Bytes of a local header, before the name and the extra field of lengths that it tells. */
const LOCAL_HEADER = 30;
/** Of a local header: times and owners; a longer one costs a second look. */
const LONGEST_EXTRA = 64;
const HEAD = 16_384;
/** A buffer of its own for each page would have memory swept after every few books. */
const lending = Buffer.allocUnsafeSlow(524_288);

export type Archive = {
  /** Names as in the archive, in its order; no folder entries. */
  names: string[];
  has: (name: string) => boolean;
  size: (name: string) => number;
  /** Inflated bytes, at most `most`. Refuses with `zip_broken` when they do not match what the directory says. */
  read: (name: string, most: number) => Promise<Buffer>;
  /** Its first bytes, some thousands, not checked against the directory; fewer or none where only the whole would tell. */
  head: (name: string) => Buffer;
  close: () => void;
};

/** Opens and checks; throws `Unacceptable`. Reading the directory of 20 000 entries takes about 150 ms. */
export async function openArchive(path: string): Promise<Archive> {
  const file = openSync(path, "r");
  const entries = new Map<string, Entry>();
  try {
    const zip = await openDirectory(file);
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      total += entry.uncompressedSize;
      inspectEntry(entry, total, entries.size);
      if (entry.fileName.endsWith("/")) continue;
      if (entries.has(entry.fileName)) throw new Unacceptable("zip_duplicate", entry.fileName);
      entries.set(entry.fileName, entry);
    }
    refuseOverlap([...entries.values()]);
  } catch (problem) {
    closeSync(file);
    throw asRefusal(problem);
  }
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    size: (name) => entries.get(name)?.uncompressedSize ?? 0,
    read: async (name, most) => readEntry(file, entries.get(name), most),
    head: (name) => readHead(file, entries.get(name)),
    close: () => closeSync(file),
  };
}

async function openDirectory(file: number): Promise<ZipFile> {
  const { size } = fstatSync(file);
  const zip = await yauzl.fromRandomAccessReaderPromise(new BlockReader(file, size), size, {
    autoClose: false,
    validateEntrySizes: true,
    strictFileNames: true,
  });
  if (zip.entryCount > MOST_ENTRIES) throw new Unacceptable("zip_too_many", String(zip.entryCount));
  return zip;
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

/** One read of the disk and one call of zlib: a stream for each of the hundreds of pages of a book costs more than the pages. */
function readEntry(file: number, entry: Entry | undefined, most: number): Buffer {
  if (!entry) throw new Unacceptable("zip_broken", "no such entry");
  if (entry.uncompressedSize > most) throw new Unacceptable("zip_bomb", entry.fileName);
  const packed = readPacked(file, entry, entry.compressedSize);
  const bytes = entry.compressionMethod === 0 ? packed : inflate(packed, entry);
  if (bytes.length !== entry.uncompressedSize) throw new Unacceptable("zip_broken", entry.fileName);
  return bytes;
}

/**
 * As they lie in the archive, asked of the disk together with the header in front. Those to be inflated at once lie in a buffer that
 * the next ones take.
 */
function readPacked(file: number, entry: Entry, length: number): Buffer {
  const guess = LOCAL_HEADER + entry.fileNameLength + LONGEST_EXTRA + length;
  const lent = entry.compressionMethod !== 0 && guess <= lending.length;
  const bytes = lent ? lending : Buffer.allocUnsafe(guess);
  const at = entry.relativeOffsetOfLocalHeader;
  const held = readSync(file, bytes, 0, guess, at);
  if (held < LOCAL_HEADER || bytes.readUInt32LE(0) !== 0x04034b50)
    throw new Unacceptable("zip_broken", entry.fileName);
  const start = LOCAL_HEADER + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
  if (start + length <= held) return bytes.subarray(start, start + length);
  const packed = Buffer.allocUnsafe(length);
  if (readSync(file, packed, 0, length, at + start) < length)
    throw new Unacceptable("zip_broken", entry.fileName);
  return packed;
}

function readHead(file: number, entry: Entry | undefined): Buffer {
  if (!entry) return Buffer.alloc(0);
  const packed = readPacked(file, entry, Math.min(entry.compressedSize, HEAD));
  if (entry.compressionMethod === 0) return packed;
  try {
    return inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 16 * HEAD });
  } catch {
    return Buffer.alloc(0);
  }
}

/** An entry that swells beyond what it says is stopped there. */
function inflate(packed: Buffer, { fileName, uncompressedSize }: Entry): Buffer {
  try {
    // In one piece of the size that it says: the default of 16 KiB makes a pile of pieces that are then copied together.
    const chunkSize = Math.max(64, uncompressedSize + 1);
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, uncompressedSize), chunkSize });
  } catch (problem) {
    throw new Unacceptable(
      "zip_broken",
      `${fileName}: ${problem instanceof Error ? problem.message : problem}`,
    );
  }
}

function asRefusal(problem: unknown): Unacceptable {
  if (problem instanceof Unacceptable) return problem;
  const message = problem instanceof Error ? problem.message : String(problem);
  const unsafe = /invalid relative path|absolute path|invalid characters in fileName/.test(message);
  return new Unacceptable(unsafe ? "zip_traversal" : "zip_broken", message);
}
