import { type HeldAlbum, readMusic } from "#domain/library/music-queries.server.ts";
import { type Call, countOf, idOf, required } from "./subsonic-call.server.ts";
import { type Payload, SubsonicFailure } from "./subsonic-envelope.ts";
import {
  type Artist,
  albumShape,
  artistShape,
  artistsOf,
  folderShape,
  gatherArtists,
  lyricsShape,
  songShapes,
  yearOf,
} from "./subsonic-shapes.ts";

const albumsOf = async ({ context, owner }: Call): Promise<HeldAlbum[]> =>
  (await readMusic(context.db, owner.personId, { albums: "all", songs: null })).albums;

const songsOf = ({ context, owner }: Call, songs: NonNullable<Parameters<typeof readMusic>[2]["songs"]>) =>
  readMusic(context.db, owner.personId, { albums: "of songs", songs });

/** Compared without regard to accents and capitals, as the search of the shop does. */
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Under the first letter, as lists of players show them; what begins otherwise is under #. */
function byLetter(artists: Artist[]): [string, Artist[]][] {
  const letters = new Map<string, Artist[]>();
  for (const artist of artists) {
    const first = plain(artist.sortName).charAt(0).toUpperCase();
    const letter = /[A-Z]/.test(first) ? first : "#";
    letters.set(letter, [...(letters.get(letter) ?? []), artist]);
  }
  return [...letters].sort(([a], [b]) => (a < b ? -1 : 1));
}

async function getArtists(call: Call): Promise<Payload> {
  const letters = byLetter(gatherArtists(await albumsOf(call)));
  return {
    artists: {
      ignoredArticles: "",
      index: letters.map(([name, artists]) => ({ name, artist: artists.map(artistShape) })),
    },
  };
}

async function getIndexes(call: Call): Promise<Payload> {
  const albums = await albumsOf(call);
  const newest = Math.max(0, ...albums.map(({ heldSince }) => Date.parse(heldSince)));
  return {
    indexes: {
      lastModified: newest,
      ignoredArticles: "",
      index: byLetter(gatherArtists(albums)).map(([name, artists]) => ({
        name,
        artist: artists.map(({ id, name }) => ({ id: `ar-${id}`, name })),
      })),
    },
  };
}

async function findArtist(call: Call): Promise<Artist> {
  const id = idOf(call.asked, "ar");
  const { albums, songs } = await songsOf(call, { agentId: id });
  const artist = gatherArtists(albums).find((each) => each.id === id);
  if (artist) return artist;
  // Who is named with some tracks alone is shown with the albums where they are heard.
  const named = [...albums, ...songs].flatMap(({ credits }) => credits).find((credit) => credit.id === id);
  if (!named) throw new SubsonicFailure(70);
  return { ...named, sortName: named.sortName ?? named.name, albums };
}

async function getArtist(call: Call): Promise<Payload> {
  const artist = await findArtist(call);
  return { artist: { ...artistShape(artist), album: artist.albums.map(albumShape) } };
}

async function findAlbum(call: Call) {
  const found = await songsOf(call, { albumId: idOf(call.asked, "al") });
  const [album] = found.albums;
  if (!album) throw new SubsonicFailure(70);
  return { album, song: songShapes(found) };
}

async function getAlbum(call: Call): Promise<Payload> {
  const { album, song } = await findAlbum(call);
  return { album: { ...albumShape(album), song } };
}

/** A folder is an artist, with albums in it, or an album with tracks. */
async function getMusicDirectory(call: Call): Promise<Payload> {
  if (required(call.asked, "id").startsWith("ar-")) {
    const artist = await findArtist(call);
    return { directory: { id: `ar-${artist.id}`, name: artist.name, child: artist.albums.map(folderShape) } };
  }
  const { album, song } = await findAlbum(call);
  const parent = `ar-${artistsOf(album)[0]!.id}`;
  return { directory: { id: `al-${album.id}`, parent, name: album.title, child: song } };
}

async function findSong(call: Call, lyrics = false) {
  const found = await songsOf(call, { ids: [idOf(call.asked, "tr")], ...(lyrics && { lyrics: true }) });
  const [song] = found.songs;
  const [album] = found.albums;
  if (!song || !album) throw new SubsonicFailure(70);
  return { song, album, shape: songShapes(found)[0]! };
}

async function getLyricsBySongId(call: Call): Promise<Payload> {
  const { song, album } = await findSong(call, true);
  return { lyricsList: { structuredLyrics: lyricsShape(song, album) } };
}

/** The older call names a track by its words; the first whose title is just that. */
async function getLyrics(call: Call): Promise<Payload> {
  const [artist, title] = [call.asked.get("artist") ?? "", call.asked.get("title") ?? ""];
  if (!title) return { lyrics: {} };
  const words = `${title} ${artist}`.split(/\s+/).filter(Boolean);
  const found = await songsOf(call, { words, lyrics: true, limit: 20 });
  const song = found.songs.find((each) => plain(each.title) === plain(title)) ?? found.songs[0];
  return { lyrics: song?.lyrics ? { artist, title: song.title, value: song.lyrics } : {} };
}

type Order = (albums: HeldAlbum[], asked: URLSearchParams) => HeldAlbum[];
const latest = (a: string | null, b: string | null) => (b ?? "").localeCompare(a ?? "");

const orders: Record<string, Order> = {
  alphabeticalByName: (albums) => albums,
  alphabeticalByArtist: (albums) =>
    gatherArtists(albums).flatMap((artist) =>
      artist.albums.filter((album) => artistsOf(album)[0]!.id === artist.id),
    ),
  newest: (albums) => albums.toSorted((a, b) => latest(a.heldSince, b.heldSince)),
  recent: (albums) =>
    albums.filter(({ playedAt }) => playedAt).sort((a, b) => latest(a.playedAt, b.playedAt)),
  frequent: (albums) => albums.filter(({ plays }) => plays > 0).sort((a, b) => b.plays - a.plays),
  highest: (albums) => albums.filter(({ rating }) => rating).sort((a, b) => b.rating! - a.rating!),
  starred: (albums) => albums.filter(({ starredAt }) => starredAt),
  random: (albums) =>
    albums
      .map((album) => ({ album, at: Math.random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ album }) => album),
  byGenre: (albums, asked) => {
    const genre = required(asked, "genre");
    return albums.filter(({ subjects }) => subjects.some(({ label }) => label === genre));
  },
  byYear: (albums, asked) => {
    const [from, to] = [Number(required(asked, "fromYear")), Number(required(asked, "toYear"))];
    const within = albums
      .filter((album) => {
        const year = yearOf(album);
        return year !== undefined && year >= Math.min(from, to) && year <= Math.max(from, to);
      })
      .sort((a, b) => yearOf(a)! - yearOf(b)!);
    return from > to ? within.reverse() : within;
  },
};

async function listAlbums(call: Call): Promise<HeldAlbum[]> {
  const type = required(call.asked, "type");
  const order = Object.hasOwn(orders, type) && orders[type];
  if (!order) throw new SubsonicFailure(0, "There is no such list of albums.");
  const offset = countOf(call.asked, "offset", 0, 1_000_000);
  const sorted = order(await albumsOf(call), call.asked);
  return sorted.slice(offset, offset + countOf(call.asked, "size", 10));
}

async function getGenres(call: Call): Promise<Payload> {
  const genres = new Map<string, { songCount: number; albumCount: number }>();
  for (const { subjects, songs } of await albumsOf(call)) {
    for (const label of new Set(subjects.map((subject) => subject.label))) {
      const known = genres.get(label) ?? { songCount: 0, albumCount: 0 };
      genres.set(label, { songCount: known.songCount + songs, albumCount: known.albumCount + 1 });
    }
  }
  const sorted = [...genres].sort(([a], [b]) => a.localeCompare(b, "fr"));
  return { genres: { genre: sorted.map(([value, counts]) => ({ ...counts, value })) } };
}

const numberOf = (asked: URLSearchParams, name: string): number | undefined =>
  /^\d{1,4}$/.test(asked.get(name) ?? "") ? Number(asked.get(name)) : undefined;

async function getRandomSongs(call: Call): Promise<Payload> {
  const { asked } = call;
  const [genre, fromYear, toYear] = [
    asked.get("genre"),
    numberOf(asked, "fromYear"),
    numberOf(asked, "toYear"),
  ];
  const found = await songsOf(call, {
    random: true,
    limit: countOf(asked, "size", 10),
    ...(genre && { genre }),
    ...(fromYear !== undefined && { fromYear }),
    ...(toYear !== undefined && { toYear }),
  });
  return { randomSongs: { song: songShapes(found) } };
}

async function getSongsByGenre(call: Call): Promise<Payload> {
  const found = await songsOf(call, {
    genre: required(call.asked, "genre"),
    limit: countOf(call.asked, "count", 10),
    offset: countOf(call.asked, "offset", 0, 1_000_000),
  });
  return { songsByGenre: { song: songShapes(found) } };
}

/** Nothing, or two quotation marks, asks for everything: that is how apps copy a whole library. */
async function search({ asked, owner, context }: Call) {
  const words = plain((asked.get("query") ?? "").replaceAll(/["*]/g, " "))
    .split(/\s+/)
    .filter(Boolean);
  const page = (noun: string, otherwise = 20) => {
    const offset = countOf(asked, `${noun}Offset`, 0, 10_000_000);
    return { offset, limit: countOf(asked, `${noun}Count`, otherwise, 10_000) };
  };
  const found = await readMusic(context.db, owner.personId, {
    albums: "all",
    songs: { words, ...page("song") },
  });
  const cut = <T>(all: T[], noun: string): T[] => {
    const { offset, limit } = page(noun);
    return all.slice(offset, offset + limit);
  };
  const fits = (text: string) => words.every((word) => plain(text).includes(word));
  return {
    artist: cut(
      gatherArtists(found.albums).filter(({ name }) => fits(name)),
      "artist",
    ),
    album: cut(
      found.albums.filter((album) => fits([album.title, ...album.credits.map(({ name }) => name)].join(" "))),
      "album",
    ),
    song: songShapes(found),
  };
}

async function search3(call: Call): Promise<Payload> {
  const { artist, album, song } = await search(call);
  return { searchResult3: { artist: artist.map(artistShape), album: album.map(albumShape), song } };
}

async function search2(call: Call): Promise<Payload> {
  const { artist, album, song } = await search(call);
  const named = artist.map(({ id, name }) => ({ id: `ar-${id}`, name }));
  return { searchResult2: { artist: named, album: album.map(folderShape), song } };
}

async function scanned(call: Call): Promise<Payload> {
  const count = (await albumsOf(call)).reduce((all, { songs }) => all + songs, 0);
  return { scanStatus: { scanning: false, count } };
}

/** Looking through the library and finding in it. */
export const browsing: Record<string, (call: Call) => Promise<Payload>> = {
  getMusicFolders: async () => ({ musicFolders: { musicFolder: [{ id: 1, name: "ventes.coop" }] } }),
  getArtists,
  getIndexes,
  getArtist,
  getAlbum,
  getMusicDirectory,
  getSong: async (call) => ({ song: (await findSong(call)).shape }),
  getLyricsBySongId,
  getLyrics,
  getAlbumList: async (call) => ({ albumList: { album: (await listAlbums(call)).map(folderShape) } }),
  getAlbumList2: async (call) => ({ albumList2: { album: (await listAlbums(call)).map(albumShape) } }),
  getGenres,
  getRandomSongs,
  getSongsByGenre,
  search2,
  search3,
  getScanStatus: scanned,
  startScan: scanned,
};
