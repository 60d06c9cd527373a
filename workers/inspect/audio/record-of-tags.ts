import type { IAudioMetadata } from "music-metadata";
import { cleanLine, cleanText, LONGEST, repairMojibake } from "#domain/metadata/clean-text.ts";
import { gtin, isrc } from "#domain/metadata/identifiers.ts";
import { languageTag } from "#domain/metadata/language.ts";
import { partialDate } from "#domain/metadata/partial-date.ts";
import type { Contributor } from "#domain/metadata/record.ts";
import type { Role } from "#domain/metadata/roles.ts";
import type { Notebook } from "../inspection.ts";
import { sourceOf } from "./sources.ts";

const MOST_PEOPLE = 200;

/** The tags of one track → findings. Tags are claims: an ISRC or a barcode that cannot be one is told and dropped. */
export function noteTags({ common, native }: IAudioMetadata, notes: Notebook): void {
  const types = Object.keys(native);
  const isId3 = types.some((type) => type.startsWith("ID3"));
  // ID3 has a declared encoding, which tools get wrong; RIFF INFO declares none, so nobody is to blame for UTF-8 there.
  const maybeWrong = isId3 || types.includes("exif");
  const line = (raw: string | undefined, longest: number = LONGEST.line) => {
    const repaired = raw !== undefined && maybeWrong ? repairMojibake(raw) : undefined;
    if (repaired && isId3) notes.warn("mojibake_repaired", cleanLine(repaired, 100));
    return cleanLine(repaired ?? raw ?? "", longest);
  };
  notes.note("trackTitle", line(common.title), sourceOf(native, "title"));
  notes.note("albumTitle", line(common.album), sourceOf(native, "album"));
  notes.note("albumArtist", line(common.albumartist, LONGEST.name), sourceOf(native, "albumartist"));
  notes.note("trackNumber", common.track.no ?? undefined, sourceOf(native, "track"));
  notes.note("trackTotal", common.track.of ?? undefined, sourceOf(native, "track"));
  notes.note("discNumber", common.disk.no ?? undefined, sourceOf(native, "disk"));
  notes.note("discTotal", common.disk.of ?? undefined, sourceOf(native, "disk"));
  notes.note(
    "publishedOn",
    partialDate(common.date ?? (common.year ? String(common.year) : "")),
    sourceOf(native, "date"),
  );
  notes.note("language", languageTag(common.language ?? ""), sourceOf(native, "language"));
  const genre = [...new Set((common.genre ?? []).map((name) => line(name, LONGEST.subject)).filter(Boolean))];
  notes.note("genre", genre.slice(0, 20), sourceOf(native, "genre"));
  const words = common.lyrics?.map(({ text }) => cleanText(text ?? "", LONGEST.lyrics)).find(Boolean);
  notes.note("lyrics", words, sourceOf(native, "lyrics"));
  notes.note(
    "publisher",
    line((common.label ?? common.publisher)?.[0], LONGEST.name),
    sourceOf(native, "label"),
  );
  notes.note("rights", cleanText(common.copyright ?? ""), sourceOf(native, "copyright"));
  notes.note("licence", common.license?.trim(), sourceOf(native, "license"));
  notePeople(common, line, native, notes);
  noteIdentifiers(common, native, notes);
}

type Common = IAudioMetadata["common"];

function notePeople(
  common: Common,
  line: (raw: string, longest?: number) => string,
  native: IAudioMetadata["native"],
  notes: Notebook,
): void {
  const people: Contributor[] = [];
  const add = (raw: string, role: Role, more: Partial<Contributor> = {}) => {
    const name = line(raw, LONGEST.name);
    if (
      name &&
      people.length < MOST_PEOPLE &&
      !people.some((other) => other.name === name && other.role === role)
    )
      people.push({ name, role, ...more });
  };
  const artists = common.artists?.length ? common.artists : common.artist ? [common.artist] : [];
  const sortName = artists.length === 1 && common.artistsort ? line(common.artistsort, LONGEST.name) : "";
  for (const artist of artists) add(artist, "performer", sortName ? { sortName } : {});
  for (const said of common["performer:instrument"] ?? []) {
    const [, name = said, instrument = ""] = /^(.*?)\s*\(([^()]{1,80})\)$/.exec(said) ?? [];
    add(name, "performer", instrument ? { instrument: line(instrument, LONGEST.name) } : {});
  }
  const others: [string[] | undefined, Role][] = [
    [common.composer, "composer"],
    [common.lyricist, "lyricist"],
    [common.arranger, "arranger"],
    [common.conductor, "conductor"],
    [common.producer, "producer"],
    [common.mixer, "mixer"],
    [common.engineer, "engineer"],
    [common.remixer, "remixer"],
  ];
  for (const [names, role] of others) for (const name of names ?? []) add(name, role);
  notes.note("contributors", people, sourceOf(native, "artist"));
}

function noteIdentifiers(common: Common, native: IAudioMetadata["native"], notes: Notebook): void {
  const kept: { scheme: string; value: string }[] = [];
  for (const raw of common.isrc ?? []) {
    const code = isrc(raw);
    if (code) kept.push({ scheme: "isrc", value: code });
    else if (raw.trim()) notes.warn("isrc_invalid", cleanLine(raw, 40));
  }
  const barcode = common.barcode ? gtin(common.barcode) : undefined;
  if (barcode) kept.push({ scheme: "gtin", value: barcode });
  else if (common.barcode?.trim()) notes.warn("barcode_invalid", cleanLine(common.barcode, 40));
  notes.note("identifiers", kept.slice(0, 20), sourceOf(native, "isrc"));
}
