/** A zip of tracks is opened in the browser: what comes to us is plain files, each read and bounded like any other. */

export class UnreadableZip extends Error {
  readonly why: "broken" | "encrypted" | "too_much";
  constructor(why: "broken" | "encrypted" | "too_much") {
    super(why);
    this.why = why;
  }
}

/** As many entries as a work may have files, and some notes and pictures beside them. */
const mostEntries = 400;
/** What one entry may become: the largest sound that we take. */
const largestEntry = 2_000 * 1_048_576;
const endRecord = 0x06054b50;
const entryRecord = 0x02014b50;
const localRecord = 0x04034b50;
/** Bytes of an end record, with the longest comment behind it. */
const longestEnd = 22 + 65_535;

type Entry = { name: string; method: number; packed: number; size: number; at: number; modified: number };

/**
 * The files of a zip under their names in it, folders included; those that computers leave behind (`__MACOSX`, `.DS_Store`) are not.
 * Nothing is held in memory but the list and, one at a time, what is compressed; what is only stored is a piece of the zip itself.
 * Throws `UnreadableZip`. `wanted` says by its name whether a file is of use.
 */
export async function filesInZip(zip: File, wanted: (name: string) => boolean): Promise<File[]> {
  const entries = (await listEntries(zip)).filter(({ name }) => isFile(name) && wanted(name));
  const files: File[] = [];
  for (const entry of entries) files.push(await unpack(zip, entry));
  return files;
}

const isFile = (name: string): boolean =>
  !name.endsWith("/") && !/(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i.test(name);

async function viewOf(blob: Blob): Promise<DataView> {
  return new DataView(await blob.arrayBuffer());
}

async function listEntries(zip: File): Promise<Entry[]> {
  const tail = await viewOf(zip.slice(-longestEnd));
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== endRecord) end -= 1;
  if (end < 0) throw new UnreadableZip("broken");
  const count = tail.getUint16(end + 10, true);
  const length = tail.getUint32(end + 12, true);
  const at = tail.getUint32(end + 16, true);
  // A zip of more than four gigabytes says its places elsewhere.
  if (count > mostEntries || at === 0xffffffff) throw new UnreadableZip("too_much");
  const view = await viewOf(zip.slice(at, at + length));
  if (view.byteLength !== length) throw new UnreadableZip("broken");
  const entries: Entry[] = [];
  for (let i = 0, from = 0; i < count; i += 1) {
    if (from + 46 > length || view.getUint32(from, true) !== entryRecord) throw new UnreadableZip("broken");
    const named = view.getUint16(from + 28, true);
    const flags = view.getUint16(from + 8, true);
    if ((flags & 1) !== 0) throw new UnreadableZip("encrypted");
    const bytes = new Uint8Array(
      view.buffer,
      view.byteOffset + from + 46,
      Math.min(named, length - from - 46),
    );
    entries.push({
      name: nameOf(bytes, (flags & 0x800) !== 0),
      method: view.getUint16(from + 10, true),
      packed: view.getUint32(from + 20, true),
      size: view.getUint32(from + 24, true),
      at: view.getUint32(from + 42, true),
      modified: timeOf(view.getUint16(from + 12, true), view.getUint16(from + 14, true)),
    });
    from += 46 + named + view.getUint16(from + 30, true) + view.getUint16(from + 32, true);
  }
  return entries;
}

/** UTF-8 where the zip says so or where it reads as such; else the letters of the western computers of old. */
function nameOf(bytes: Uint8Array, isUtf8: boolean): string {
  try {
    return new TextDecoder("utf-8", { fatal: !isUtf8 }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** By the clock of whoever packed it: enough to know the same file again when an upload is resumed. */
const timeOf = (time: number, date: number): number =>
  new Date(
    1980 + (date >> 9),
    ((date >> 5) & 15) - 1,
    date & 31,
    time >> 11,
    (time >> 5) & 63,
    (time & 31) * 2,
  ).getTime();

async function unpack(zip: File, entry: Entry): Promise<File> {
  const local = await viewOf(zip.slice(entry.at, entry.at + 30));
  if (local.byteLength < 30 || local.getUint32(0, true) !== localRecord) throw new UnreadableZip("broken");
  const from = entry.at + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  const packed = zip.slice(from, from + entry.packed);
  if (packed.size !== entry.packed || (entry.method !== 0 && entry.method !== 8))
    throw new UnreadableZip("broken");
  if (entry.size > largestEntry) throw new UnreadableZip("too_much");
  const content = entry.method === 0 ? packed : await inflate(packed, entry.size);
  return fileAt(content, entry.name, entry.modified);
}

/** No more than was announced: a small zip of a very large nothing ends here. */
async function inflate(packed: Blob, size: number): Promise<Blob> {
  let seen = 0;
  const bounded = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, to) {
      seen += chunk.byteLength;
      if (seen > size) to.error(new UnreadableZip("broken"));
      else to.enqueue(chunk);
    },
  });
  try {
    const stream = packed.stream().pipeThrough(new DecompressionStream("deflate-raw")).pipeThrough(bounded);
    const content = await new Response(stream).blob();
    if (content.size !== size) throw new UnreadableZip("broken");
    return content;
  } catch {
    throw new UnreadableZip("broken");
  }
}

/** A file under its name with its folders; browsers part a name given to `File` from its folders in their own ways. */
export function fileAt(content: Blob, path: string, lastModified: number): File {
  const file = new File([content], path.replace(/^.*\//, ""), { type: content.type, lastModified });
  Object.defineProperty(file, "name", { value: path, configurable: true });
  return file;
}
