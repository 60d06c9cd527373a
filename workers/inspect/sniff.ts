/**
 * What a file is, by its bytes; its name is only compared afterwards. No I/O of its own: the caller hands the bytes.
 */
import type { Kind } from "#domain/metadata/inspection.ts";

export type Sniffed = { kind: Kind; mediaType: string };

const UNKNOWN: Sniffed = { kind: "unknown", mediaType: "application/octet-stream" };

/** Reads `length` bytes at an offset of the file, fewer at its end. */
export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>;

/** `head`: the first 64 KiB, or the whole file when shorter. `mediaType` is the one a download will carry. */
export async function sniff(head: Uint8Array, readAt: ReadAt): Promise<Sniffed> {
  const text = (from: number, to: number) =>
    Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString("latin1", from, to);
  if (text(0, 4) === "PK\u0003\u0004") return { kind: "epub", mediaType: "application/epub+zip" };
  if (/^[\s\S]{0,1019}%PDF-\d/.test(text(0, 1026)) && !/^\s*</.test(text(0, 64)))
    return { kind: "pdf", mediaType: "application/pdf" };
  if (text(0, 4) === "fLaC") return { kind: "audio", mediaType: "audio/flac" };
  if (text(0, 4) === "OggS")
    return { kind: "audio", mediaType: text(0, 128).includes("OpusHead") ? "audio/opus" : "audio/ogg" };
  if (/^(?:RIFF|RF64|BW64)/.test(text(0, 4)) && text(8, 12) === "WAVE")
    return { kind: "audio", mediaType: "audio/wav" };
  if (text(0, 4) === "FORM" && /^AIF[FC]$/.test(text(8, 12)))
    return { kind: "audio", mediaType: "audio/aiff" };
  if (text(0, 4) === "RIFF" && text(8, 12) === "WEBP") return { kind: "image", mediaType: "image/webp" };
  if (text(0, 8) === "\u0089PNG\r\n\u001a\n") return { kind: "image", mediaType: "image/png" };
  if (text(0, 3) === "\u00ff\u00d8\u00ff") return { kind: "image", mediaType: "image/jpeg" };
  if (text(4, 8) === "ftyp") return isoMedia(text(8, 12));
  // A FLAC may carry an ID3 tag in front, against its own specification: the frame behind the tag decides.
  if (text(0, 3) === "ID3") {
    const behind = Buffer.from(await readAt(await behindId3(readAt), 4)).toString("latin1");
    return { kind: "audio", mediaType: behind === "fLaC" ? "audio/flac" : "audio/mpeg" };
  }
  if (mpegFramesIn(head)) return { kind: "audio", mediaType: "audio/mpeg" };
  return UNKNOWN;
}

/** Brands of still pictures that share the container; what holds a film is refused by its tracks, not by its brand. */
const STILL = /^(?:hei[cfsx]|hev[cx]|mif1|msf1|crx |jxl |jp2 |jpx )$/;

function isoMedia(brand: string): Sniffed {
  if (/^avi[fs]$/.test(brand)) return { kind: "image", mediaType: "image/avif" };
  return STILL.test(brand) || !/^[\x20-\x7e]{4}$/.test(brand)
    ? UNKNOWN
    : { kind: "audio", mediaType: "audio/mp4" };
}

/** Taggers that do not see the tag of another put theirs in front of it; more than a few is no accident. */
const MOST_TAGS = 8;

/** The offset behind the ID3v2 tags that a file begins with; 0 when there is none. Lengths are in seven-bit bytes. */
export async function behindId3(readAt: ReadAt): Promise<number> {
  let at = 0;
  for (let tag = 0; tag < MOST_TAGS; tag += 1) {
    const head = Buffer.from(await readAt(at, 10));
    if (head.length < 10 || head.toString("latin1", 0, 3) !== "ID3") break;
    const [a = 0, b = 0, c = 0, d = 0] = head.subarray(6, 10);
    const footer = ((head[5] ?? 0) & 0x10) !== 0 ? 10 : 0;
    at += 10 + footer + (((a & 0x7f) << 21) | ((b & 0x7f) << 14) | ((c & 0x7f) << 7) | (d & 0x7f));
  }
  return at;
}

/**
 * Two MPEG audio frames, one exactly behind the other, starting in the first 4 KiB. A lone sync pattern proves nothing:
 * 0xFF 0xFB occurs by chance in any long binary file.
 */
export function mpegFramesIn(head: Uint8Array, within = 4096): boolean {
  for (let at = 0; at < Math.min(within, head.length - 4); at += 1) {
    const length = mpegFrameLength(head, at);
    if (length && mpegFrameLength(head, at + length)) return true;
  }
  return false;
}

const KBPS_V1_L3 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const KBPS_V2_L3 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/** Bytes of the layer III frame that starts at `at`; undefined when none does. ISO/IEC 11172-3 and 13818-3. */
export function mpegFrameLength(bytes: Uint8Array, at: number): number | undefined {
  const [sync = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
  if (sync !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
  const version = (second >> 3) & 3; // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5, 1: reserved
  const layer = (second >> 1) & 3; // 1: layer III
  const rate = (third >> 2) & 3;
  const kbps = (version === 3 ? KBPS_V1_L3 : KBPS_V2_L3)[third >> 4];
  if (version === 1 || layer !== 1 || rate === 3 || !kbps) return undefined;
  const hertz = [44_100, 48_000, 32_000][rate] as number;
  const divided = version === 3 ? hertz : version === 2 ? hertz / 2 : hertz / 4;
  return Math.floor(((version === 3 ? 144 : 72) * kbps * 1000) / divided) + ((third >> 1) & 1);
}

const KIND_OF_EXTENSION: Record<string, { kind: Kind; types: string[] }> = {
  epub: { kind: "epub", types: ["application/epub+zip"] },
  pdf: { kind: "pdf", types: ["application/pdf"] },
  mp3: { kind: "audio", types: ["audio/mpeg"] },
  flac: { kind: "audio", types: ["audio/flac"] },
  m4a: { kind: "audio", types: ["audio/mp4"] },
  m4b: { kind: "audio", types: ["audio/mp4"] },
  mp4: { kind: "audio", types: ["audio/mp4"] },
  ogg: { kind: "audio", types: ["audio/ogg", "audio/opus"] },
  oga: { kind: "audio", types: ["audio/ogg", "audio/opus"] },
  opus: { kind: "audio", types: ["audio/opus", "audio/ogg"] },
  wav: { kind: "audio", types: ["audio/wav"] },
  aif: { kind: "audio", types: ["audio/aiff"] },
  aiff: { kind: "audio", types: ["audio/aiff"] },
  aifc: { kind: "audio", types: ["audio/aiff"] },
  jpg: { kind: "image", types: ["image/jpeg"] },
  jpeg: { kind: "image", types: ["image/jpeg"] },
  png: { kind: "image", types: ["image/png"] },
  webp: { kind: "image", types: ["image/webp"] },
  avif: { kind: "image", types: ["image/avif"] },
};

/** Does the name agree with the bytes? « other » is another kind of thing altogether, « near » a sibling format. */
export function compareName(fileName: string, sniffed: Sniffed): "same" | "near" | "other" {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(fileName)?.[1]?.toLowerCase();
  const expected = extension === undefined ? undefined : KIND_OF_EXTENSION[extension];
  if (!expected) return "near";
  if (expected.kind !== sniffed.kind) return "other";
  return expected.types.includes(sniffed.mediaType) ? "same" : "near";
}
