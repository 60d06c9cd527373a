/** Sounds made byte by byte, with the tags that a test wants. All of it is silence. */

/** `count` frames of 44.1 kHz MPEG 1 layer III at 128 kbit/s, stereo. */
function frames(count: number): Buffer {
  const frame = Buffer.alloc(417);
  frame.writeUInt32BE(0xfffb9064, 0);
  return Buffer.concat(Array.from({ length: count }, () => frame));
}

/** « TXXX:KEY » and « UFID:OWNER » are written as what they are; every other name is a text frame. Values in UTF-8 or UTF-16. */
export function mp3({ version, frames: tags }: { version: 3 | 4; frames: Record<string, string> }): Buffer {
  const body = Buffer.concat(Object.entries(tags).map(([name, value]) => id3Frame(version, name, value)));
  const head = Buffer.from([0x49, 0x44, 0x33, version, 0, 0, ...sevenBits(body.length)]);
  return Buffer.concat([head, body, frames(200)]);
}

function id3Frame(version: 3 | 4, name: string, value: string): Buffer {
  const [id = "", key] = name.split(/:(.*)/s);
  const text = (raw: string) =>
    version === 4
      ? Buffer.from(raw)
      : Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(raw, "utf16le")]);
  const end = Buffer.alloc(version === 4 ? 1 : 2);
  const content =
    id === "UFID"
      ? Buffer.concat([Buffer.from(`${key}\0`), Buffer.from(value)])
      : Buffer.concat([
          Buffer.from([version === 4 ? 3 : 1]),
          ...(key === undefined ? [] : [text(key), end]),
          text(value),
        ]);
  const head = Buffer.alloc(10);
  head.write(id, 0, "latin1");
  if (version === 4) Buffer.from(sevenBits(content.length)).copy(head, 4);
  else head.writeUInt32BE(content.length, 4);
  return Buffer.concat([head, content]);
}

function sevenBits(length: number): number[] {
  return [21, 14, 7, 0].map((shift) => (length >> shift) & 0x7f);
}

/** An AIFF of 8 000 samples a second, mono, with text chunks. */
export function aiff({ seconds, texts }: { seconds: number; texts: Record<string, string> }): Buffer {
  const chunk = (id: string, body: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(id, 0, "latin1");
    head.writeUInt32BE(body.length, 4);
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
  };
  const samples = seconds * 8_000;
  const common = Buffer.alloc(18);
  common.writeUInt16BE(1, 0);
  common.writeUInt32BE(samples, 2);
  common.writeUInt16BE(16, 6);
  // 8 000 as an 80-bit extended float: 2^12 × 1.953125.
  Buffer.from("400bfa00000000000000", "hex").copy(common, 8);
  return chunk(
    "FORM",
    Buffer.concat([
      Buffer.from("AIFF"),
      chunk("COMM", common),
      ...Object.entries(texts).map(([id, text]) => chunk(id, Buffer.from(text))),
      chunk("SSND", Buffer.alloc(8 + samples * 2)),
    ]),
  );
}
