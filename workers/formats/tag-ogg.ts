import { createReadStream, createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { Tags } from "#domain/delivery/tags.ts";
import { pictureBlock, vorbisComment } from "./vorbis-comment.ts";

/** Bytes of a page's header before its table of segments (RFC 3533). */
const HEADER = 27;
const CONTINUED = 1;
const MOST_SEGMENTS = 255;
const NO_PACKET_ENDS = 0xffff_ffff_ffff_ffffn;

type Page = { header: Buffer; segments: Buffer; body: Buffer };

/**
 * Gives an Ogg Vorbis or Ogg Opus file these tags. The header with the comments may then fill another number of pages, so those
 * behind it are counted anew, with their checksums; the sound in them stays as it is.
 */
export async function tagOgg(path: string, tags: Tags, cover: Buffer | null): Promise<void> {
  const picture: [string, string][] = cover
    ? [["METADATA_BLOCK_PICTURE", pictureBlock(cover).toString("base64")]]
    : [];
  const tagged = `${path}.tagged`;
  await pipeline(retagged(path, vorbisComment(tags, picture)), createWriteStream(tagged));
  await rename(tagged, path);
}

async function* retagged(path: string, comments: Buffer): AsyncGenerator<Buffer> {
  const packets: Buffer[] = [];
  let open = Buffer.alloc(0);
  let wanted = 0;
  let number = 0;
  let inHeaders = true;
  for await (const page of pages(path)) {
    if (number === 0) {
      wanted = headersBehind(page.body);
      yield numbered(page, number++);
      continue;
    }
    if (!inHeaders) {
      yield numbered(page, number++);
      continue;
    }
    let at = 0;
    for (const length of page.segments) {
      open = Buffer.concat([open, page.body.subarray(at, at + length)]);
      at += length;
      if (length === 255) continue;
      packets.push(open);
      open = Buffer.alloc(0);
    }
    if (packets.length < wanted) continue;
    if (packets.length > wanted || open.length > 0) throw new Error("sound in the pages of the headers");
    inHeaders = false;
    for (const each of pagesOf([withComments(packets[0]!, comments), ...packets.slice(1)], page.header))
      yield numbered(each, number++);
  }
  if (inHeaders) throw new Error("an Ogg file that ends in its headers");
}

/** How many packets stand between the first page and the sound. */
function headersBehind(first: Buffer): number {
  if (first.toString("latin1", 0, 8) === "OpusHead") return 1;
  if (first.toString("latin1", 1, 7) === "vorbis") return 2;
  throw new Error("neither Vorbis nor Opus");
}

/** The packet keeps its signature; in Vorbis a set bit ends it. */
function withComments(packet: Buffer, comments: Buffer): Buffer {
  const opus = packet.toString("latin1", 0, 8) === "OpusTags";
  const signature = packet.subarray(0, opus ? 8 : 7);
  return Buffer.concat([signature, comments, ...(opus ? [] : [Buffer.from([1])])]);
}

/** Lays packets in pages of the stream to which `like` belongs. */
function pagesOf(packets: readonly Buffer[], like: Buffer): Page[] {
  // A packet whose length is a multiple of 255 ends with a segment of nothing.
  const lacing = packets.flatMap(({ length }) => [
    ...new Array<number>(Math.floor(length / 255)).fill(255),
    length % 255,
  ]);
  const body = Buffer.concat(packets);
  const made: Page[] = [];
  let at = 0;
  for (let from = 0; from < lacing.length; from += MOST_SEGMENTS) {
    const segments = Buffer.from(lacing.slice(from, from + MOST_SEGMENTS));
    const length = segments.reduce((sum, segment) => sum + segment, 0);
    const header = Buffer.from(like);
    header[5] = from > 0 && lacing[from - 1] === 255 ? CONTINUED : 0;
    header.writeBigUInt64LE(segments.some((segment) => segment < 255) ? 0n : NO_PACKET_ENDS, 6);
    header[26] = segments.length;
    made.push({ header, segments, body: body.subarray(at, at + length) });
    at += length;
  }
  return made;
}

function numbered({ header, segments, body }: Page, number: number): Buffer {
  const page = Buffer.concat([header, segments, body]);
  page.writeUInt32LE(number, 18);
  page.writeUInt32LE(0, 22);
  page.writeUInt32LE(checksum(page), 22);
  return page;
}

async function* pages(path: string): AsyncGenerator<Page> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 262_144 })) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    for (;;) {
      if (rest.length < HEADER) break;
      if (rest.toString("latin1", 0, 4) !== "OggS") throw new Error("not a page of Ogg");
      const count = rest[26]!;
      const segments = rest.subarray(HEADER, HEADER + count);
      const length = HEADER + count + segments.reduce((sum, segment) => sum + segment, 0);
      if (segments.length < count || rest.length < length) break;
      const header = rest.subarray(0, HEADER);
      yield { header, segments, body: rest.subarray(HEADER + count, length) };
      rest = rest.subarray(length);
    }
  }
  if (rest.length > 0) throw new Error("an Ogg file that was cut");
}

/** CRC-32 as Ogg has it: polynomial 0x04c11db7, nothing reflected, from 0. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value & 0x8000_0000 ? (value << 1) ^ 0x04c1_1db7 : value << 1;
  return value >>> 0;
});

function checksum(page: Buffer): number {
  let crc = 0;
  for (const byte of page) crc = ((crc << 8) ^ table[((crc >>> 24) ^ byte) & 255]!) >>> 0;
  return crc;
}
