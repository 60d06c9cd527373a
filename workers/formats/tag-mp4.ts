import { open } from "node:fs/promises";
import type { Tags } from "#domain/delivery/tags.ts";
import { namesOf } from "./credited.ts";

/** Kinds of what a « data » atom holds. */
const BINARY = 0;
const TEXT = 1;
const JPEG = 13;

/**
 * Gives an MP4 sound these tags, as iTunes writes them. The description of the sound (`moov`) must lie behind the sound itself, as
 * ffmpeg puts it: so it may grow, and no place in the file changes.
 */
export async function tagMp4(path: string, tags: Tags, cover: Buffer | null): Promise<void> {
  const file = await open(path, "r+");
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(16);
    let at = 0;
    for (;;) {
      if ((await file.read(head, 0, 16, at)).bytesRead < 8) throw new Error("an MP4 file without « moov »");
      const short = head.readUInt32BE(0);
      const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
      if (head.toString("latin1", 4, 8) === "moov") {
        if (at + length !== size) throw new Error("« moov » does not end the file");
        const moov = Buffer.alloc(length);
        await file.read(moov, 0, length, at);
        const tagged = retagged(moov, tags, cover);
        await file.truncate(at);
        await file.write(tagged, 0, tagged.length, at);
        return;
      }
      if (length < 8) throw new Error("an atom without an end");
      at += length;
    }
  } finally {
    await file.close();
  }
}

/** The same `moov`, its user data replaced by ours. */
function retagged(moov: Buffer, tags: Tags, cover: Buffer | null): Buffer {
  const kept: Buffer[] = [];
  for (let at = 8; at + 8 <= moov.length; ) {
    const length = moov.readUInt32BE(at);
    if (length < 8) throw new Error("an atom without an end");
    if (moov.toString("latin1", at + 4, at + 8) !== "udta") kept.push(moov.subarray(at, at + length));
    at += length;
  }
  const handler = atom("hdlr", Buffer.alloc(8), Buffer.from("mdirappl", "latin1"), Buffer.alloc(9));
  const meta = atom("meta", Buffer.alloc(4), handler, atom("ilst", ...items(tags, cover)));
  return atom("moov", ...kept, atom("udta", meta));
}

function items(tags: Tags, cover: Buffer | null): Buffer[] {
  const numbers = (...values: number[]) => {
    const bytes = Buffer.alloc(values.length * 2);
    values.forEach((value, index) => {
      bytes.writeUInt16BE(value, index * 2);
    });
    return bytes;
  };
  const { track, disc } = tags;
  const credited = [...new Set(tags.people.map(({ role }) => role))].filter(
    (role) => role !== "performer" && role !== "composer",
  );
  return [
    words("\xa9nam", [tags.title]),
    // Players show the first value only, so several names stand in one; ARTISTS keeps them apart for who can read it.
    words("\xa9ART", [tags.artists.join(", ")]),
    words("aART", [tags.albumArtists.join(", ")]),
    words("\xa9alb", [tags.album]),
    words("\xa9wrt", [namesOf(tags, "composer").join(", ")]),
    words("\xa9day", [tags.date]),
    words("\xa9gen", [tags.genres.join(", ")]),
    words("cprt", [tags.rights]),
    words("\xa9lyr", [tags.lyrics]),
    atom("trkn", content(BINARY, numbers(0, track.number, track.of, 0))),
    atom("disk", content(BINARY, numbers(0, disc.number, disc.of))),
    named("ARTISTS", tags.artists),
    named("ISRC", [tags.isrc]),
    named("BARCODE", [tags.barcode]),
    named("LABEL", [tags.publisher]),
    named("LANGUAGE", [tags.language]),
    ...credited.map((role) => named(role.toUpperCase(), namesOf(tags, role))),
    ...(cover ? [atom("covr", content(JPEG, cover))] : []),
  ];
}

function words(name: string, values: (string | null)[]): Buffer {
  const said = values.filter((value): value is string => Boolean(value));
  return said.length === 0 ? Buffer.alloc(0) : atom(name, ...said.map((value) => text(value)));
}

/** What has no atom of its own is named in full. */
function named(name: string, values: (string | null)[]): Buffer {
  const said = values.filter((value): value is string => Boolean(value));
  if (said.length === 0) return Buffer.alloc(0);
  const whose = atom("mean", Buffer.alloc(4), Buffer.from("com.apple.iTunes"));
  return atom("----", whose, atom("name", Buffer.alloc(4), Buffer.from(name)), ...said.map(text));
}

const text = (value: string): Buffer => content(TEXT, Buffer.from(value, "utf8"));

function content(kind: number, value: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(kind);
  return atom("data", header, value);
}

function atom(name: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(body.length + 8);
  header.write(name, 4, "latin1");
  return Buffer.concat([header, body]);
}
