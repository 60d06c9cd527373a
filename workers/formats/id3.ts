import type { Tags } from "#domain/delivery/tags.ts";
import { namesOf, threeLettersOf } from "./credited.ts";

const UTF8 = Buffer.from([3]);
const FRONT_COVER = 3;

/** Roles that have a frame of their own; the others are told in TIPL, by pairs of role and name. */
const frameOfRole: Record<string, string> = {
  composer: "TCOM",
  lyricist: "TEXT",
  conductor: "TPE3",
  remixer: "TPE4",
};
/** The words that players know for the roles in TIPL. */
const wordOfRole: Record<string, string> = { mixer: "mix", arranger: "arranger", engineer: "engineer" };

/**
 * An ID3v2.4 tag (id3.org, « ID3 tag version 2.4.0 – Native Frames »), all text in UTF-8, several values separated by NUL. `cover` is
 * a JPEG.
 */
export function id3(tags: Tags, cover: Buffer | null): Buffer {
  const told = tags.people.filter(({ role }) => role !== "performer" && !(role in frameOfRole));
  const frames = [
    text("TIT2", [tags.title]),
    text("TPE1", tags.artists),
    text("TPE2", tags.albumArtists),
    text("TALB", [tags.album]),
    text("TRCK", [`${tags.track.number}/${tags.track.of}`]),
    text("TPOS", [`${tags.disc.number}/${tags.disc.of}`]),
    text("TDRC", [tags.date]),
    text("TCON", tags.genres),
    text("TLAN", [tags.language && threeLettersOf(tags.language)]),
    text("TPUB", [tags.publisher]),
    text("TCOP", [tags.rights]),
    text("TSRC", [tags.isrc]),
    ...Object.entries(frameOfRole).map(([role, frame]) => text(frame, namesOf(tags, role))),
    text(
      "TIPL",
      told.flatMap(({ role, name }) => [wordOfRole[role] ?? role, name]),
    ),
    ...(tags.barcode ? [frame("TXXX", UTF8, words("BARCODE\0"), words(tags.barcode))] : []),
    ...(tags.lyrics
      ? [frame("USLT", UTF8, words(threeLettersOf(tags.language)), words("\0"), words(tags.lyrics))]
      : []),
    ...(cover ? [frame("APIC", UTF8, words("image/jpeg\0"), Buffer.from([FRONT_COVER, 0]), cover)] : []),
  ];
  const body = Buffer.concat(frames);
  return Buffer.concat([Buffer.from("ID3\x04\x00\x00", "latin1"), sevenBits(body.length), body]);
}

const words = (value: string): Buffer => Buffer.from(value, "utf8");

function text(id: string, values: (string | null)[]): Buffer {
  const said = values.filter((value): value is string => Boolean(value));
  return said.length === 0 ? Buffer.alloc(0) : frame(id, UTF8, words(said.join("\0")));
}

function frame(id: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(id, "latin1"), sevenBits(body.length), Buffer.alloc(2), body]);
}

/** Sizes are four bytes of seven bits, so that none looks like the beginning of sound. */
function sevenBits(size: number): Buffer {
  if (size >= 1 << 28) throw new RangeError("an ID3 tag holds less than 256 MB");
  return Buffer.from([(size >> 21) & 127, (size >> 14) & 127, (size >> 7) & 127, size & 127]);
}
