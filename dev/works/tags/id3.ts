import type { Claims } from "./claims.ts";

/** An ID3v2.4 tag (UTF-8 text frames, a JPEG front cover), as it stands before MP3 frames or in a WAV's `id3 ` chunk. */
export function id3(claims: Claims, cover: Buffer): Buffer {
  const frames: Buffer[] = [];
  const text = (id: string, values: string[]) => {
    // Version 2.4 separates several values by a NUL.
    if (values.length > 0)
      frames.push(frame(id, Buffer.concat([Buffer.from([3]), Buffer.from(values.join("\0"), "utf8")])));
  };
  text("TIT2", [claims.title]);
  text("TPE1", [claims.artist]);
  text("TALB", [claims.album]);
  text("TPE2", [claims.albumArtist]);
  text("TCOM", claims.composers);
  text("TEXT", claims.lyricists);
  text(
    "TMCL",
    claims.performers.flatMap(({ instrument, name }) => [instrument, name]),
  );
  text(
    "TIPL",
    claims.mixers.flatMap((name) => ["mix", name]),
  );
  text("TRCK", [`${claims.track}/${claims.tracks}`]);
  text("TPOS", ["1/1"]);
  text("TDRC", [claims.date]);
  text("TCON", [claims.genre]);
  text("TSRC", [claims.isrc]);
  text("TLAN", [claims.language]);
  text("TPUB", [claims.publisher]);
  if (claims.lyrics)
    frames.push(
      frame(
        "USLT",
        Buffer.concat([Buffer.from([3]), Buffer.from("fra\0", "latin1"), Buffer.from(claims.lyrics, "utf8")]),
      ),
    );
  frames.push(
    frame(
      "APIC",
      Buffer.concat([Buffer.from([3]), Buffer.from("image/jpeg\0", "latin1"), Buffer.from([3, 0]), cover]),
    ),
  );
  const body = Buffer.concat(frames);
  return Buffer.concat([Buffer.from("ID3", "latin1"), Buffer.from([4, 0, 0]), syncSafe(body.length), body]);
}

function frame(id: string, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(id, "latin1"), syncSafe(content.length), Buffer.from([0, 0]), content]);
}

/** 28 bits in four bytes of seven. */
function syncSafe(n: number): Buffer {
  return Buffer.from([(n >> 21) & 127, (n >> 14) & 127, (n >> 7) & 127, n & 127]);
}

/** A WAV with the tag in an `id3 ` chunk behind its samples. */
export function wavWithId3(wav: Buffer, tag: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write("id3 ", 0, "latin1");
  head.writeUInt32LE(tag.length, 4);
  const out = Buffer.concat([wav, head, tag, Buffer.alloc(tag.length % 2)]);
  out.writeUInt32LE(out.length - 8, 4);
  return out;
}
