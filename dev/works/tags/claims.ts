import { personOf } from "../catalogue.ts";
import { typeset } from "../french.ts";
import type { AlbumPlan, TrackPlan } from "../plan.ts";

/** What a file says about itself, whatever its format. */
export interface Claims {
  title: string;
  artist: string;
  album: string;
  albumArtist: string;
  composers: string[];
  lyricists: string[];
  performers: { name: string; instrument: string }[];
  mixers: string[];
  track: number;
  tracks: number;
  date: string;
  genre: string;
  isrc: string;
  language: string;
  publisher: string;
  lyrics?: string;
}

/** The tags of a track of an album; `place` counts from 0. */
export function claimsOf(album: AlbumPlan, track: TrackPlan, place: number, publisher: string): Claims {
  const named = (role: string) =>
    album.credits.filter((one) => one.role === role).map((one) => personOf(one.person).name);
  const claims: Claims = {
    title: typeset(track.title),
    artist: album.artist,
    album: typeset(album.title),
    albumArtist: album.artist,
    composers: named("composer"),
    lyricists: named("lyricist"),
    performers: album.credits.flatMap((one) =>
      one.instrument ? [{ name: personOf(one.person).name, instrument: one.instrument }] : [],
    ),
    mixers: named("mixer"),
    track: place + 1,
    tracks: album.tracks.length,
    date: album.published,
    genre: album.genre,
    isrc: track.isrc,
    language: "fra",
    publisher,
  };
  if (track.lyrics) claims.lyrics = typeset(track.lyrics);
  return claims;
}
