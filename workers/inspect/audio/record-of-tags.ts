import type { IAudioMetadata } from "music-metadata";
import { cleanLine, cleanText, LONGEST, repairMojibake } from "#domain/metadata/clean-text.ts";
import { gtin, isrc, iswc } from "#domain/metadata/identifiers.ts";
import { languageTag } from "#domain/metadata/language.ts";
import { partialDate } from "#domain/metadata/partial-date.ts";
import type { Notebook } from "../inspection.ts";
import { albumArtistOf, peopleOf } from "./people.ts";
import { sourceOf, valuesOf } from "./sources.ts";

/** The tags of one track → findings. Tags are claims: an ISRC or a barcode that cannot be one is told and dropped. */
export function noteTags(metadata: IAudioMetadata, notes: Notebook): void {
  const { common, native } = metadata;
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
  notes.note("albumArtist", line(albumArtistOf(metadata), LONGEST.name), sourceOf(native, "albumartist"));
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
  notes.note("contributors", peopleOf(metadata, line), sourceOf(native, "artist"));
  notes.note("catalogueNumber", line(common.catalognumber?.[0], 100), sourceOf(native, "catalognumber"));
  if (common.compilation) notes.note("compilation", true, sourceOf(native, "compilation"));
  notes.note("sortTitle", line(common.titlesort), sourceOf(native, "titlesort"));
  noteIdentifiers(common, native, notes);
}

function noteIdentifiers(
  common: IAudioMetadata["common"],
  native: IAudioMetadata["native"],
  notes: Notebook,
): void {
  const kept: { scheme: string; value: string }[] = [];
  const work: { scheme: string; value: string }[] = [];
  const keep = (scheme: string, value: string) => {
    if (!kept.some((other) => other.scheme === scheme && other.value === value)) kept.push({ scheme, value });
  };
  for (const raw of (common.isrc ?? []).flatMap((said) =>
    String(said).split(/[;,/\s]+(?=[A-Za-z]{2}[-\dA-Za-z])/),
  )) {
    const code = isrc(raw);
    if (code) keep("isrc", code);
    else if (raw.trim()) notes.warn("isrc_invalid", cleanLine(raw, 40));
  }
  const written = String(common.barcode ?? valuesOf(native, BARCODES)[0] ?? "");
  const barcode = gtin(written);
  if (barcode) keep("gtin", barcode);
  else if (written.trim()) notes.warn("barcode_invalid", cleanLine(written, 40));
  for (const raw of valuesOf(native, ["ISWC", "TXXX:ISWC", "----:com.apple.iTunes:ISWC"])) {
    const code = iswc(raw);
    if (code) work.push({ scheme: "iswc", value: code });
  }
  for (const id of [common.musicbrainz_workid ?? []].flat())
    if (UUID.test(id))
      work.push({ scheme: "uri", value: `https://musicbrainz.org/work/${id.toLowerCase()}` });
  // MusicBrainz is linked data: its identifiers are addresses.
  for (const [kind, ids] of [
    ["recording", common.musicbrainz_recordingid],
    ["release", common.musicbrainz_albumid],
    ["release-group", common.musicbrainz_releasegroupid],
  ] as const)
    for (const id of [ids ?? []].flat())
      if (UUID.test(id)) keep("uri", `https://musicbrainz.org/${kind}/${id.toLowerCase()}`);
  notes.note("identifiers", kept.slice(0, 20), sourceOf(native, "isrc"));
  notes.note("workIdentifiers", work.slice(0, 20), sourceOf(native, "iswc"));
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const BARCODES = ["UPC", "EAN", "EAN/UPN", "TXXX:UPC", "TXXX:EAN", "----:com.apple.iTunes:UPC"];
