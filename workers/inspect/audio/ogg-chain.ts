/**
 * An Ogg file may be several, one behind the other (radio, live recordings, two files joined): the parser tells of one. Where the last
 * page is of another stream than the first, all pages are looked at, and what each link lasts is added. RFC 3533.
 */
import type { Bytes } from "./file-in-blocks.ts";

const BLOCK = 1_048_576;
const TAIL = 131_072;
const HEADER = 27;
const LARGEST_PAGE = 65_307;

type Link = { rate: number; skip: number; last: number };

/** Seconds of all links, or undefined where the file is one stream only. */
export async function chainSeconds(file: Bytes, size: number): Promise<number | undefined> {
  const first = Buffer.alloc(HEADER);
  await file.read(first, 0, HEADER, 0);
  const tail = Buffer.alloc(Math.min(size, TAIL));
  await file.read(tail, 0, tail.length, size - tail.length);
  const end = tail.lastIndexOf("OggS", tail.length - HEADER, "latin1");
  if (end < 0 || tail.readUInt32LE(end + 14) === first.readUInt32LE(14)) return undefined;
  const links = await linksOf(file, size);
  if (links.size < 2) return undefined;
  let seconds = 0;
  for (const { rate, skip, last } of links.values()) seconds += Math.max(0, last - skip) / rate;
  return seconds;
}

async function linksOf(file: Bytes, size: number): Promise<Map<number, Link>> {
  const links = new Map<number, Link>();
  const block = Buffer.alloc(Math.min(size, BLOCK));
  let [from, held] = [0, 0];
  for (let at = 0; at + HEADER <= size; ) {
    // A page is whole in the block, or the block is read anew from where it begins.
    if (at + LARGEST_PAGE > from + held && (held === 0 || from + held < size)) {
      from = at;
      held = (await file.read(block, 0, block.length, from)).bytesRead;
    }
    const page = block.subarray(at - from, held);
    if (page.length < HEADER || page.toString("latin1", 0, 4) !== "OggS") break;
    const segments = page[26] as number;
    const table = page.subarray(HEADER, HEADER + segments);
    const body = page.subarray(HEADER + segments);
    const serial = page.readUInt32LE(14);
    if (((page[5] as number) & 2) !== 0) {
      const link = linkOf(body);
      if (link) links.set(serial, link);
    }
    const granule = page.readBigInt64LE(6);
    const link = links.get(serial);
    if (link && granule > 0n) link.last = Number(granule);
    at += HEADER + segments + table.reduce((sum, length) => sum + length, 0);
  }
  return links;
}

/** Of the first packet of a stream of sound; others (pictures, words) have no part in how long it lasts. */
function linkOf(packet: Buffer): Link | undefined {
  const starts = (text: string) => packet.toString("latin1", 0, text.length) === text;
  if (starts("\u0001vorbis") && packet.length >= 16) return withRate(packet.readUInt32LE(12), 0);
  if (starts("OpusHead") && packet.length >= 12) return withRate(48_000, packet.readUInt16LE(10));
  if (starts("\u007fFLAC") && packet.length >= 30) return withRate(packet.readUIntBE(27, 3) >> 4, 0);
  return undefined;
}

const withRate = (rate: number, skip: number): Link | undefined =>
  rate > 0 ? { rate, skip, last: skip } : undefined;
