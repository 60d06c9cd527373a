/**
 * How long a FLAC is that was written without knowing it (a pipe, a stream): its head says 0 samples. Each frame says which it is, so
 * the last one, found from the end, tells. RFC 9639, § 9.1.
 */
import type { Bytes } from "./file-in-blocks.ts";

/** A frame of the largest block that players must take, uncompressed, is smaller. */
const TAIL = 262_144;

/** Seconds, or undefined where no last frame is found. */
export async function flacSeconds(file: Bytes, size: number): Promise<number | undefined> {
  const head = Buffer.alloc(26);
  await file.read(head, 0, head.length, 0);
  if (head.toString("latin1", 0, 4) !== "fLaC") return undefined;
  const [most, rate] = [head.readUInt16BE(10), head.readUIntBE(18, 3) >> 4];
  if (rate === 0) return undefined;
  const tail = Buffer.alloc(Math.min(size, TAIL));
  await file.read(tail, 0, tail.length, size - tail.length);
  for (let at = tail.length - 6; at >= 0; at -= 1) {
    const end = tail[at] === 0xff ? endOfFrame(tail, at, most) : undefined;
    if (end !== undefined) return end / rate;
  }
  return undefined;
}

/** The sample behind the frame that begins here; undefined where none does, which its own checksum decides. */
function endOfFrame(bytes: Buffer, at: number, mostSamples: number): number | undefined {
  const [, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + 4);
  // Sync, block size and rate not reserved, channels and depth known.
  if ((second & 0xfe) !== 0xf8 || third >> 4 === 0 || (third & 15) === 15 || fourth >> 4 > 10 || fourth & 1)
    return undefined;
  const coded = readNumber(bytes, at + 4);
  if (!coded) return undefined;
  let next = coded.next;
  const sizeCode = third >> 4;
  let samples = 0;
  if (sizeCode === 1) samples = 192;
  else if (sizeCode <= 5) samples = 576 << (sizeCode - 2);
  else if (sizeCode >= 8) samples = 256 << (sizeCode - 8);
  else {
    const wide = sizeCode === 7 ? 2 : 1;
    if (next + wide > bytes.length) return undefined;
    samples = bytes.readUIntBE(next, wide) + 1;
    next += wide;
  }
  const rateCode = third & 15;
  next += rateCode === 12 ? 1 : rateCode > 12 ? 2 : 0;
  if (next >= bytes.length || checksum(bytes.subarray(at, next)) !== bytes[next]) return undefined;
  // Of frames of one size the place is counted in frames, of which the last may be shorter than all before it.
  return (second & 1) === 1 ? coded.value + samples : coded.value * mostSamples + samples;
}

/** As UTF-8 codes a character, up to 36 bits. */
function readNumber(bytes: Buffer, at: number): { value: number; next: number } | undefined {
  const first = bytes[at] ?? 0xff;
  if (first < 0x80) return { value: first, next: at + 1 };
  const length = Math.clz32((~first & 0xff) << 24);
  if (length < 2 || length > 7 || at + length > bytes.length) return undefined;
  let value = first & (0x7f >> length);
  for (let i = 1; i < length; i += 1) {
    const byte = bytes[at + i] as number;
    if (byte >> 6 !== 2) return undefined;
    value = value * 64 + (byte & 63);
  }
  return { value, next: at + length };
}

/** CRC-8 with the polynomial x⁸ + x² + x + 1. */
function checksum(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
  }
  return crc;
}
