import type { Claims } from "./claims.ts";

interface Box {
  start: number;
  size: number;
}

function find(file: Buffer, from: number, to: number, kind: string): Box {
  for (let at = from; at + 8 <= to; ) {
    const size = file.readUInt32BE(at);
    if (file.toString("latin1", at + 4, at + 8) === kind) return { start: at, size };
    if (size < 8) break;
    at += size;
  }
  throw new Error(`No ${kind} box`);
}

function box(kind: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(kind, 4, "latin1");
  return Buffer.concat([head, body]);
}

function data(type: number, value: Buffer): Buffer {
  return box("data", Buffer.from([0, 0, 0, type, 0, 0, 0, 0]), value);
}

/**
 * The M4A with this list of tags in place of its own. The `moov` box must be the last one (as ffmpeg writes it unless
 * asked otherwise): then no sample moves and no offset changes.
 */
export function tagMp4(file: Buffer, claims: Claims, cover: Buffer): Buffer {
  const moov = find(file, 0, file.length, "moov");
  if (moov.start + moov.size !== file.length) throw new Error("The moov box is not the last one");
  const udta = find(file, moov.start + 8, file.length, "udta");
  const text = (kind: string, value: string) => box(kind, data(1, Buffer.from(value, "utf8")));
  const own = (name: string, value: string) =>
    box(
      "----",
      box("mean", Buffer.alloc(4), Buffer.from("com.apple.iTunes")),
      box("name", Buffer.alloc(4), Buffer.from(name)),
      data(1, Buffer.from(value, "utf8")),
    );
  const items = [
    text("\u00a9nam", claims.title),
    text("\u00a9ART", claims.artist),
    text("aART", claims.albumArtist),
    text("\u00a9alb", claims.album),
    text("\u00a9day", claims.date),
    text("\u00a9gen", claims.genre),
    text("\u00a9wrt", claims.composers.join(", ")),
    box("trkn", data(0, Buffer.from([0, 0, 0, claims.track, 0, claims.tracks, 0, 0]))),
    box("disk", data(0, Buffer.from([0, 0, 0, 1, 0, 1]))),
    own("ISRC", claims.isrc),
    own("LABEL", claims.publisher),
    own("LANGUAGE", claims.language),
    ...(claims.lyrics ? [text("\u00a9lyr", claims.lyrics)] : []),
    box("covr", data(13, cover)),
  ];
  const handler = box("hdlr", Buffer.alloc(8), Buffer.from("mdirappl", "latin1"), Buffer.alloc(9));
  const meta = box("meta", Buffer.alloc(4), handler, box("ilst", ...items));
  const kept = Buffer.concat([
    file.subarray(moov.start + 8, udta.start),
    file.subarray(udta.start + udta.size),
  ]);
  return Buffer.concat([file.subarray(0, moov.start), box("moov", kept, box("udta", meta))]);
}
