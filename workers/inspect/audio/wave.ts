/** What the parser does not know of WAVE: the format behind WAVE_FORMAT_EXTENSIBLE, and files of more than 4 GB. */
import { openAsBlob } from "node:fs";
import { open } from "node:fs/promises";
import type { IFormat } from "music-metadata";
import type { Bytes } from "./file-in-blocks.ts";

/** Chunks of text and format stand in front; sound follows. */
const HEAD = 262_144;

/** Of a format whose tag is 0xFFFE, the true tag is the beginning of the sub-format's GUID (Microsoft, ksmedia.h). */
export async function waveCodec(file: Bytes): Promise<Partial<IFormat> | undefined> {
  const head = Buffer.alloc(4_096);
  const { bytesRead } = await file.read(head, 0, head.length, 0);
  const at = head.subarray(0, bytesRead).indexOf("fmt ", 12, "latin1");
  if (at < 0 || at + 34 > bytesRead) return undefined;
  return SUB_FORMATS[head.readUInt16LE(at + 32)];
}

const SUB_FORMATS: Record<number, Partial<IFormat>> = {
  1: { codec: "PCM", lossless: true },
  3: { codec: "PCM, floating point", lossless: true },
  6: { codec: "A-law", lossless: false },
  7: { codec: "µ-law", lossless: false },
};

/**
 * RF64 and BW64 (EBU Tech 3306) are WAVE whose lengths stand in a chunk of their own. Told as a WAVE that is still being
 * written, they are read up to the end of the file. Undefined when the file is a plain WAVE.
 */
export async function waveOfRf64(path: string, bytes: Bytes): Promise<Blob | undefined> {
  const kind = Buffer.alloc(4);
  await bytes.read(kind, 0, 4, 0);
  if (!/^(?:RF64|BW64)$/.test(kind.toString("latin1"))) return undefined;
  const file = await open(path, "r");
  const head = Buffer.alloc(HEAD);
  const { bytesRead } = await file.read(head, 0, HEAD, 0).finally(() => file.close());
  head.write("RIFF", 0, "latin1");
  const lengths = head.indexOf("ds64", 12, "latin1");
  if (lengths === 12) head.write("JUNK", 12, "latin1");
  const whole = await openAsBlob(path);
  return new Blob([head.subarray(0, bytesRead), whole.slice(bytesRead)], { type: "audio/wav" });
}
