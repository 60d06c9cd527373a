import type { Claims } from "./claims.ts";

/** `NAME=value` comments in Picard's spelling. */
export function comments(claims: Claims): [name: string, value: string][] {
  const out: [string, string][] = [
    ["TITLE", claims.title],
    ["ARTIST", claims.artist],
    ["ALBUM", claims.album],
    ["ALBUMARTIST", claims.albumArtist],
    ["TRACKNUMBER", String(claims.track)],
    ["TRACKTOTAL", String(claims.tracks)],
    ["DISCNUMBER", "1"],
    ["DISCTOTAL", "1"],
    ["DATE", claims.date],
    ["GENRE", claims.genre],
    ["ISRC", claims.isrc],
    ["LANGUAGE", claims.language],
    ["LABEL", claims.publisher],
  ];
  for (const name of claims.composers) out.push(["COMPOSER", name]);
  for (const name of claims.lyricists) out.push(["LYRICIST", name]);
  for (const name of claims.mixers) out.push(["MIXER", name]);
  for (const one of claims.performers) out.push(["PERFORMER", `${one.name} (${one.instrument})`]);
  if (claims.lyrics) out.push(["LYRICS", claims.lyrics]);
  return out;
}

/** The picture block that FLAC and, in base 64, Ogg carry: a JPEG front cover of `side` pixels. */
export function pictureBlock(cover: Buffer, side: number): Buffer {
  const u32 = (n: number) => Buffer.from([n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255]);
  const mime = Buffer.from("image/jpeg", "latin1");
  return Buffer.concat([
    u32(3),
    u32(mime.length),
    mime,
    u32(0),
    u32(side),
    u32(side),
    u32(24),
    u32(0),
    u32(cover.length),
    cover,
  ]);
}

/** The FLAC file with these comments and this picture in place of whatever its encoder wrote. */
export function tagFlac(flac: Buffer, claims: Claims, cover: Buffer, side: number): Buffer {
  if (flac.toString("latin1", 0, 4) !== "fLaC") throw new Error("Not a FLAC stream");
  let at = 4;
  let info: Buffer | undefined;
  for (let last = false; !last; ) {
    const kind = flac[at]! & 127;
    last = (flac[at]! & 128) !== 0;
    const size = flac.readUIntBE(at + 1, 3);
    if (kind === 0) info = flac.subarray(at + 4, at + 4 + size);
    at += 4 + size;
  }
  if (!info) throw new Error("A FLAC stream begins with its STREAMINFO");
  const text = (value: string) => {
    const bytes = Buffer.from(value, "utf8");
    const size = Buffer.alloc(4);
    size.writeUInt32LE(bytes.length);
    return Buffer.concat([size, bytes]);
  };
  const list = comments(claims);
  const count = Buffer.alloc(4);
  count.writeUInt32LE(list.length);
  const vorbis = Buffer.concat([
    text("ventes.coop demo"),
    count,
    ...list.map(([name, value]) => text(`${name}=${value}`)),
  ]);
  const block = (kind: number, content: Buffer) =>
    Buffer.concat([
      Buffer.from([kind, content.length >> 16, (content.length >> 8) & 255, content.length & 255]),
      content,
    ]);
  return Buffer.concat([
    flac.subarray(0, 4),
    block(0, info),
    block(4, vorbis),
    block(6 | 128, pictureBlock(cover, side)),
    flac.subarray(at),
  ]);
}

/** The comments as an `ffmetadata` file, for Ogg; the cover too, in the one way that Ogg has. */
export function metadataFile(claims: Claims, cover: Buffer, side: number): string {
  const quoted = (value: string) => value.replace(/[=;#\\\n]/g, (c) => `\\${c}`);
  const joined = new Map<string, string>();
  // ffmpeg keeps one value for a name: several composers become one line.
  for (const [name, value] of comments(claims))
    joined.set(name, joined.has(name) ? `${joined.get(name)}, ${value}` : value);
  joined.set("METADATA_BLOCK_PICTURE", pictureBlock(cover, side).toString("base64"));
  return `;FFMETADATA1\n${[...joined].map(([name, value]) => `${name}=${quoted(value)}\n`).join("")}`;
}
