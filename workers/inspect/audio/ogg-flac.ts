/**
 * FLAC inside Ogg: music-metadata finds the sound and reads none of its tags (12.1.0). The Ogg mapping keeps the native
 * metadata blocks, one a packet, so they are lined up again behind « fLaC » and read as the head of a FLAC file.
 */
import type { Bytes } from "./file-in-blocks.ts";

/** The blocks of a real album with its cover are under 5 MB. */
const LARGEST_HEAD = 12 * 1_048_576;
/** A page has a head of 27 bytes and at most 255 lengths; what the stream is, is said right behind. */
const FIRST_PAGE = 27 + 255 + 13;

/** The reconstructed head, or undefined when the file is no Ogg FLAC. */
export async function nativeHead(file: Bytes, size: number): Promise<Buffer | undefined> {
  const page = Buffer.alloc(FIRST_PAGE);
  await file.read(page, 0, FIRST_PAGE, 0);
  if (!page.includes("\u007fFLAC", 27, "latin1")) return undefined;
  const bytes = Buffer.allocUnsafe(Math.min(size, LARGEST_HEAD));
  await file.read(bytes, 0, bytes.length, 0);
  const packets = packetsOf(bytes);
  const first = packets.next().value;
  if (!first || !isFlacHead(first)) return undefined;
  const blocks = [first.subarray(9)];
  for (const packet of packets) {
    const type = packet[0];
    // A frame of sound starts with 0xFF: the head ended without a block marked last.
    if (type === undefined || type === 0xff) break;
    blocks.push(packet);
    if ((type & 0x80) !== 0) break;
  }
  const last = blocks.at(-1);
  if (last && blocks.length > 1) last[0] = (last[0] ?? 0) | 0x80;
  return Buffer.concat(blocks);
}

/** 0x7F "FLAC", version (2 bytes), count of header packets (2 bytes), then the native stream from its "fLaC". */
function isFlacHead(packet: Buffer): boolean {
  return packet.toString("latin1", 0, 5) === "\u007fFLAC" && packet.toString("latin1", 9, 13) === "fLaC";
}

/** Packets of the first logical stream, as far as the bytes at hand go. */
function* packetsOf(bytes: Buffer): Generator<Buffer, void> {
  let pending: Buffer[] = [];
  let at = 0;
  while (at + 27 <= bytes.length && bytes.toString("latin1", at, at + 4) === "OggS") {
    const segments = bytes[at + 26] ?? 0;
    const table = bytes.subarray(at + 27, at + 27 + segments);
    let data = at + 27 + segments;
    for (const length of table) {
      pending.push(bytes.subarray(data, data + length));
      data += length;
      if (length === 255) continue;
      yield Buffer.concat(pending);
      pending = [];
    }
    at = data;
  }
}
