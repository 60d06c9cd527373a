/** The text chunks of AIFF: the parser reads seven bits of each byte, so that « Noël » loses its ë. */
import type { Bytes } from "./file-in-blocks.ts";

const FIELDS = { NAME: "title", AUTH: "artist", "(c) ": "copyright" } as const;
const MOST_CHUNKS = 1_000;
const LONGEST = 4_096;

/** The first text of each kind: UTF-8, or else Mac Roman, which AIFF comes from. */
export async function aiffTexts(
  file: Bytes,
  size: number,
): Promise<{ title?: string; artist?: string; copyright?: string }> {
  const texts: { title?: string; artist?: string; copyright?: string } = {};
  let at = 12;
  for (let chunk = 0; chunk < MOST_CHUNKS && at + 8 <= size; chunk += 1) {
    const head = Buffer.alloc(8);
    await file.read(head, 0, 8, at);
    const id = head.toString("latin1", 0, 4);
    const length = head.readUInt32BE(4);
    if (Object.hasOwn(FIELDS, id)) {
      const bytes = Buffer.alloc(Math.min(length, LONGEST, size - at - 8));
      await file.read(bytes, 0, bytes.length, at + 8);
      const text = decode(bytes);
      if (text) texts[FIELDS[id as keyof typeof FIELDS]] ??= text;
    }
    at += 8 + length + (length % 2);
  }
  return texts;
}

function decode(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  const text = end < 0 ? bytes : bytes.subarray(0, end);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(text).trim();
  } catch {
    return new TextDecoder("macintosh").decode(text).trim();
  }
}
