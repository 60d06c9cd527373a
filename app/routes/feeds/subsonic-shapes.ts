import { byline } from "#domain/catalogue/byline.ts";
import { extensionOf } from "#domain/delivery/file-name.ts";
import type { HeldAlbum, HeldSong, MusicCredit } from "#domain/library/music-queries.server.ts";
import type { Playlist } from "#domain/library/playlist-queries.server.ts";
import type { Payload } from "./subsonic-envelope.ts";

/** A person or group under the title of something held; of an album without names, its co-operative. */
export type Artist = {
  id: string;
  name: string;
  sortName: string;
  starredAt: string | null;
  albums: HeldAlbum[];
};

type Named = Pick<MusicCredit, "id" | "name" | "sortName" | "starredAt">;

const uuid = /^(?:ar|al|tr|pl)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/** The uuid of an id as players know it: « al-… » of an album, « tr- » a track, « ar- » an artist, « pl- » a playlist; null otherwise. */
export const uuidOfId = (id: string, kind?: "ar" | "al" | "tr" | "pl"): string | null =>
  kind === undefined || id.startsWith(`${kind}-`) ? (uuid.exec(id)?.[1] ?? null) : null;

function leadsOf(credits: readonly MusicCredit[], otherwise: Named): Named[] {
  const leads = byline("album", credits);
  const named = leads.flatMap(({ slug }) => credits.find((credit) => credit.slug === slug) ?? []);
  return named.length > 0 ? named : [otherwise];
}

export const artistsOf = (album: HeldAlbum): Named[] =>
  leadsOf(album.credits, { ...album.coop, sortName: null, starredAt: null });

/** Everybody under a title, each with their albums, in the order of their names. */
export function gatherArtists(albums: readonly HeldAlbum[]): Artist[] {
  const known = new Map<string, Artist>();
  for (const album of albums) {
    for (const { id, name, sortName, starredAt } of artistsOf(album)) {
      const artist = known.get(id) ?? { id, name, sortName: sortName ?? name, starredAt, albums: [] };
      artist.albums.push(album);
      known.set(id, artist);
    }
  }
  return [...known.values()].sort(
    (a, b) => a.sortName.localeCompare(b.sortName, "fr") || (a.id < b.id ? -1 : 1),
  );
}

const seconds = (ms: number | null): number => Math.round((ms ?? 0) / 1000);
const names = (people: readonly { name: string }[]): string => people.map(({ name }) => name).join(", ");
export const yearOf = ({ publishedOn }: { publishedOn: string | null }): number | undefined =>
  publishedOn ? Number(publishedOn.slice(0, 4)) : undefined;
const brief = (people: readonly Named[]) => people.map(({ id, name }) => ({ id: `ar-${id}`, name }));
/** Each with each of their roles, once. */
const contributorsOf = (credits: readonly MusicCredit[]) =>
  [...new Map(credits.map((credit) => [`${credit.role} ${credit.id}`, credit])).values()].map(
    ({ role, id, name }) => ({ role, artist: { id: `ar-${id}`, name } }),
  );
/** PostgreSQL writes « +00:00 »; players expect « Z ». */
const moment = (at: string | null): string | undefined => (at ? new Date(at).toISOString() : undefined);

export const artistShape = ({ id, name, sortName, starredAt, albums }: Artist): Payload => ({
  id: `ar-${id}`,
  name,
  sortName,
  albumCount: albums.length,
  starred: moment(starredAt),
  coverArt: albums.find(({ hasCover }) => hasCover) && `al-${albums.find(({ hasCover }) => hasCover)!.id}`,
  roles: ["albumartist"],
});

export function albumShape(album: HeldAlbum): Payload {
  const artists = artistsOf(album);
  const [year, month, day] = (album.publishedOn ?? "").split("-").map(Number);
  return {
    id: `al-${album.id}`,
    name: album.title,
    sortName: album.sortTitle ?? album.title,
    artist: names(artists),
    artistId: `ar-${artists[0]!.id}`,
    displayArtist: names(artists),
    artists: brief(artists),
    coverArt: album.hasCover ? `al-${album.id}` : undefined,
    songCount: album.songs,
    duration: seconds(album.durationMs),
    playCount: album.plays,
    played: moment(album.playedAt),
    created: moment(album.heldSince),
    starred: moment(album.starredAt),
    userRating: album.rating ?? undefined,
    year: yearOf(album),
    ...(year && { releaseDate: { year, ...(month && { month }), ...(day && { day }) } }),
    genre: album.subjects[0]?.label,
    genres: album.subjects.map(({ label }) => ({ name: label })),
    recordLabels: [{ name: album.publisher ?? album.coop.name }],
    isCompilation: false,
  };
}

export function songShape(song: HeldSong, album: HeldAlbum): Payload {
  const albumArtists = artistsOf(album);
  const artists = song.credits.length > 0 ? leadsOf(song.credits, albumArtists[0]!) : albumArtists;
  const suffix = extensionOf(song.mediaType);
  const { bitrate, sampleRate, bitDepth, channels } = song.sound;
  return {
    id: `tr-${song.id}`,
    parent: `al-${album.id}`,
    isDir: false,
    isVideo: false,
    type: "music",
    mediaType: "song",
    title: song.title,
    sortName: song.title,
    album: album.title,
    albumId: `al-${album.id}`,
    artist: names(artists),
    artistId: `ar-${artists[0]!.id}`,
    displayArtist: names(artists),
    artists: brief(artists),
    displayAlbumArtist: names(albumArtists),
    albumArtists: brief(albumArtists),
    contributors: contributorsOf(song.credits.length > 0 ? song.credits : album.credits),
    track: song.position,
    discNumber: song.disc,
    year: yearOf(album),
    genre: album.subjects[0]?.label,
    genres: album.subjects.map(({ label }) => ({ name: label })),
    coverArt: album.hasCover ? `al-${album.id}` : undefined,
    size: song.bytes,
    contentType: song.mediaType.split(";")[0],
    suffix,
    path: `${names(albumArtists)}/${album.title}/${String(song.position).padStart(2, "0")} - ${song.title}.${suffix}`,
    duration: seconds(song.durationMs),
    // Bits a second; the protocol wants thousands.
    bitRate: bitrate ? Math.round(bitrate / 1000) : undefined,
    samplingRate: sampleRate ?? undefined,
    bitDepth: bitDepth ?? undefined,
    channelCount: channels ?? undefined,
    isrc: song.isrc ? [song.isrc] : [],
    created: moment(album.heldSince),
    playCount: song.plays,
    played: moment(song.playedAt),
    starred: moment(song.starredAt),
    userRating: song.rating ?? undefined,
  };
}

/** An album as a folder, for apps that walk through folders. */
export function folderShape(album: HeldAlbum): Payload {
  const { name, ...rest } = albumShape(album);
  return { ...rest, parent: rest.artistId, isDir: true, title: name, album: name };
}

/** Tracks with what their albums say; `albums` are at least theirs. */
export function songShapes({ albums, songs }: { albums: HeldAlbum[]; songs: HeldSong[] }): Payload[] {
  const byId = new Map(albums.map((album) => [album.id, album]));
  return songs.map((song) => songShape(song, byId.get(song.albumId)!));
}

export const playlistShape = (list: Playlist, owner: string): Payload => ({
  id: `pl-${list.id}`,
  name: list.name,
  comment: list.comment,
  owner,
  public: false,
  songCount: list.songs,
  duration: seconds(list.durationMs),
  created: list.createdAt.toISOString(),
  changed: list.changedAt.toISOString(),
  coverArt: list.coverOf ? `al-${list.coverOf}` : undefined,
});

/** « [01:02.30] words » is a line with its moment: then all of it is in time. */
export function lyricsShape(song: HeldSong, album: HeldAlbum): Payload[] {
  if (!song.lyrics) return [];
  const lines = song.lyrics.replace(/\r\n?/g, "\n").split("\n");
  const timed = lines.flatMap((line) => {
    const [, minutes, second, value] = /^\[(\d{1,3}):(\d{1,2}(?:\.\d{1,3})?)\]\s*(.*)$/.exec(line) ?? [];
    return minutes === undefined
      ? []
      : [{ start: Math.round((Number(minutes) * 60 + Number(second)) * 1000), value: value ?? "" }];
  });
  const shape = songShape(song, album);
  return [
    {
      displayArtist: shape.artist,
      displayTitle: song.title,
      lang: "und",
      synced: timed.length > 0,
      line: timed.length > 0 ? timed : lines.map((value) => ({ value })),
    },
  ];
}
