import { byline, type Credit } from "../catalogue/byline.ts";

/** The record of one track as the catalogue has it now; `number` of `tracks` on its disc, `disc` of `discs`. */
export type TrackRecord = {
  title: string;
  isrc: string | null;
  lyrics: string | null;
  disc: number;
  discs: number;
  number: number;
  tracks: number;
  album: string;
  /** EDTF: 2026, 2026-03, 2026-03-02. */
  date: string | null;
  language: string | null;
  publisher: string | null;
  rights: string | null;
  genres: string[];
  barcode: string | null;
  /** Of the album, then of this track alone. */
  credits: Credit[];
  people: Credit[];
};

/** What is written in a delivered file, whatever its format calls it. */
export type Tags = Pick<
  TrackRecord,
  "title" | "isrc" | "lyrics" | "album" | "language" | "publisher" | "rights" | "genres" | "barcode" | "date"
> & {
  artists: string[];
  albumArtists: string[];
  track: { number: number; of: number };
  disc: { number: number; of: number };
  /** Everybody who is credited, with the role as the record names it; each pair once. */
  people: { name: string; role: string }[];
};

/**
 * The tags of a track. Its artists are those who perform it, where the record names them for this track; else those of the album.
 * A role that somebody holds for this track is not taken from the album: another singer, another mixer.
 */
export function tagsOf(record: TrackRecord): Tags {
  const { credits, people, disc, discs, number, tracks } = record;
  const names = (credited: readonly Credit[]) => byline("album", credited).map(({ name }) => name);
  const albumArtists = names(credits);
  const performers = people.filter(({ role }) => role === "performer");
  const own = new Set(people.map(({ role }) => role));
  const everybody = [...people, ...credits.filter(({ role }) => !own.has(role))];
  return {
    title: record.title,
    isrc: record.isrc,
    lyrics: record.lyrics,
    album: record.album,
    language: record.language,
    publisher: record.publisher,
    rights: record.rights,
    genres: record.genres,
    barcode: record.barcode,
    date: /^\d{4}(?:-\d\d){0,2}$/.test(record.date ?? "") ? record.date : null,
    artists: performers.length > 0 ? names(performers) : albumArtists,
    albumArtists,
    track: { number, of: tracks },
    disc: { number: disc, of: discs },
    people: [...new Map(everybody.map(({ name, role }) => [`${role} ${name}`, { name, role }])).values()],
  };
}
