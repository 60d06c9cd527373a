/**
 * Where a field was read, in the words of its own tag format: « id3:TIT2 », « vorbis:TITLE ». The parser unifies tags; a
 * person who disagrees with a field wants to know which one to mend.
 */
import type { IAudioMetadata } from "music-metadata";

const FORMATS: [prefix: RegExp, name: string][] = [
  [/^ID3v2/, "id3"],
  [/^ID3v1$/, "id3v1"],
  [/^vorbis$/, "vorbis"],
  [/^iTunes$/, "mp4"],
  [/^APEv2$/, "ape"],
  [/^exif$/, "riff"],
  [/^AIFF$/, "aiff"],
];

/** For each unified field, its names in id3, vorbis, mp4, ape and riff. */
const NATIVE = {
  title: ["TIT2", "TITLE", "©nam", "Title", "INAM", "title"],
  artist: [
    "TXXX:Artists",
    "ARTISTS",
    "----:com.apple.iTunes:ARTISTS",
    "TPE1",
    "ARTIST",
    "©ART",
    "Artist",
    "IART",
    "artist",
  ],
  albumartist: ["TPE2", "ALBUMARTIST", "aART", "Album Artist"],
  album: ["TALB", "ALBUM", "©alb", "Album", "IPRD", "album"],
  track: ["TRCK", "TRACKNUMBER", "trkn", "Track", "ITRK", "track"],
  disk: ["TPOS", "DISCNUMBER", "disk", "Disc"],
  date: ["TDRC", "TDRL", "TYER", "DATE", "©day", "Year", "ICRD", "year"],
  genre: ["TCON", "GENRE", "©gen", "Genre", "IGNR", "genre"],
  language: ["TLAN", "LANGUAGE", "----:com.apple.iTunes:LANGUAGE", "Language", "ILNG"],
  lyrics: ["USLT", "SYLT", "LYRICS", "UNSYNCEDLYRICS", "©lyr", "Lyrics"],
  isrc: ["TSRC", "ISRC", "----:com.apple.iTunes:ISRC"],
  label: ["TPUB", "LABEL", "PUBLISHER", "----:com.apple.iTunes:LABEL", "Label"],
  copyright: ["TCOP", "COPYRIGHT", "cprt", "Copyright", "ICOP"],
  picture: ["APIC", "METADATA_BLOCK_PICTURE", "covr", "Cover Art (Front)", "PIC"],
  license: ["WCOP", "TXXX:LICENSE", "LICENSE", "----:com.apple.iTunes:LICENSE"],
  catalognumber: ["TXXX:CATALOGNUMBER", "CATALOGNUMBER", "----:com.apple.iTunes:CATALOGNUMBER"],
  compilation: ["TCMP", "COMPILATION", "cpil"],
  iswc: ["TXXX:ISWC", "ISWC", "----:com.apple.iTunes:ISWC"],
  titlesort: ["TSOT", "TITLESORT", "sonm"],
} as const;

/** All values of the tags so named, as the file wrote them, whatever the case of their names. */
export function valuesOf(native: IAudioMetadata["native"], names: readonly string[]): string[] {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return Object.values(native)
    .flat()
    .filter(({ id, value }) => wanted.has(id.toLowerCase()) && typeof value === "string")
    .map(({ value }) => value as string);
}

export function sourceOf(native: IAudioMetadata["native"], field: keyof typeof NATIVE): string {
  for (const [type, tags] of Object.entries(native)) {
    const format = FORMATS.find(([prefix]) => prefix.test(type))?.[1] ?? type.toLowerCase();
    const wanted: readonly string[] = NATIVE[field];
    const id = wanted.find((name) => tags.some((tag) => tag.id === name || tag.id.toUpperCase() === name));
    if (id) return `${format}:${id.replace("----:com.apple.iTunes:", "")}`;
  }
  return `tag:${field}`;
}
