/** Who made a track: the parser's unified names, and what it leaves in the tags as they were written. */
import type { IAudioMetadata } from "music-metadata";
import { LONGEST } from "#domain/metadata/clean-text.ts";
import type { Contributor } from "#domain/metadata/record.ts";
import type { Role } from "#domain/metadata/roles.ts";
import { valuesOf } from "./sources.ts";

const MOST_PEOPLE = 200;

type Common = IAudioMetadata["common"];
type Native = IAudioMetadata["native"];

/** `line` cleans a name. Artists come first; everybody else helped them, as the record says (`secondary`). */
export function peopleOf(
  { common, native, quality }: IAudioMetadata,
  line: (raw: string, longest?: number) => string,
): Contributor[] {
  const people: Contributor[] = [];
  const add = (raw: string, role: Role, more: Partial<Contributor> = {}) => {
    const name = line(raw, LONGEST.name);
    const known = people.find((other) => other.name === name && other.role === role);
    if (known && more.instrument) known.instrument ??= more.instrument;
    else if (name && people.length < MOST_PEOPLE && !known) people.push({ name, role, ...more });
  };
  const slashed = slashedIn(native, quality);
  const artists = slashed("TPE1") ?? artistsOf(common);
  const sortName = artists.length === 1 && common.artistsort ? line(common.artistsort, LONGEST.name) : "";
  const ids = common.musicbrainz_artistid ?? [];
  for (const [index, artist] of artists.entries()) {
    const id = ids.length === artists.length ? ids[index] : undefined;
    const value = `https://musicbrainz.org/artist/${id?.toLowerCase()}`;
    add(artist, "performer", {
      ...(sortName ? { sortName } : {}),
      ...(id && /^[0-9a-f-]{36}$/i.test(id) ? { identifiers: [{ scheme: "uri" as const, value }] } : {}),
    });
  }
  const helped = { secondary: true } as const;
  const performers = [
    ...(common["performer:instrument"] ?? []),
    ...valuesOf(native, ["PERFORMER", "Performer"]),
  ];
  for (const said of performers) {
    const [, name = said, instrument = ""] = /^(.*?)\s*\(([^()]{1,80})\)$/.exec(said) ?? [];
    const more = instrument ? { instrument: line(instrument, LONGEST.name) } : {};
    const isArtist = artists.some((artist) => line(artist, LONGEST.name) === line(name, LONGEST.name));
    add(name, "performer", isArtist ? more : { ...more, ...helped });
  }
  const others: [string[] | undefined, Role][] = [
    [slashed("TCOM") ?? common.composer, "composer"],
    [slashed("TEXT") ?? common.lyricist, "lyricist"],
    [common.writer, "author"],
    [common.arranger, "arranger"],
    [slashed("TPE3") ?? common.conductor, "conductor"],
    [common.producer, "producer"],
    [common.mixer, "mixer"],
    [common.engineer, "engineer"],
    [slashed("TPE4") ?? common.remixer, "remixer"],
    [valuesOf(native, ["AUTHOR", "TXXX:AUTHOR"]), "author"],
    [valuesOf(native, ["NARRATOR", "TXXX:NARRATOR", "©nrt", "----:com.apple.iTunes:NARRATOR"]), "narrator"],
    [valuesOf(native, ["TRANSLATOR", "TXXX:TRANSLATOR"]), "translator"],
  ];
  for (const [names, role] of others) for (const name of names ?? []) add(name, role, helped);
  return people;
}

/** The artist of the album, whole: « AC/DC » is one band, whatever ID3v2.3 says of slashes. */
export function albumArtistOf({ common, native, quality }: IAudioMetadata): string | undefined {
  const several = slashedIn(native, quality)("TPE2") ?? common.albumartists ?? [];
  return several.length > 1 ? several.join(", ") : (several[0] ?? common.albumartist);
}

function artistsOf(common: Common): string[] {
  if (common.artists?.length) return common.artists;
  return common.artist ? [common.artist] : [];
}

/**
 * ID3v2.3 parts names by « / », and the parser follows it, which cuts « AC/DC » and « M/A/R/R/S » to pieces. Where every
 * part looks like a name of its own (it holds a space) they are several; otherwise the slash was part of one name.
 */
function slashedIn(native: Native, quality: IAudioMetadata["quality"]): (id: string) => string[] | undefined {
  const tags = native["ID3v2.3"];
  const parted = quality.warnings.some(({ message }) => /null-separator/.test(message));
  return (id) => {
    const values = (tags ?? []).filter((tag) => tag.id === id).map(({ value }) => String(value));
    // Credits told elsewhere, or parted as they should be, are not touched.
    if (values.length < 2 || parted || tags?.some((tag) => tag.id === "TXXX:Artists")) return undefined;
    return values.every((value) => /\S\s\S/.test(value)) ? values : [values.join("/")];
  };
}
