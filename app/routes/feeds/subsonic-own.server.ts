import { keepPlaylist, removePlaylist } from "#domain/library/keep-playlist.server.ts";
import { readMusic } from "#domain/library/music-queries.server.ts";
import { countPlays, rateItem, starItems } from "#domain/library/note-listening.server.ts";
import { listPlaylists } from "#domain/library/playlist-queries.server.ts";
import { type Call, idOf, idsOf, required } from "./subsonic-call.server.ts";
import { type Payload, SubsonicFailure } from "./subsonic-envelope.ts";
import {
  albumShape,
  artistShape,
  folderShape,
  gatherArtists,
  playlistShape,
  songShapes,
  uuidOfId,
} from "./subsonic-shapes.ts";

async function star({ context, owner, asked }: Call, starred: boolean): Promise<Payload> {
  const given = ["id", "albumId", "artistId"].flatMap((name) => asked.getAll(name));
  if (given.length === 0) throw new SubsonicFailure(10);
  const ids = given.flatMap((id) => uuidOfId(id) ?? []);
  const found = await starItems(context.db, context.house, { personId: owner.personId, ids, starred });
  if (found === 0) throw new SubsonicFailure(70);
  return {};
}

async function starred({ context, owner }: Call) {
  const found = await readMusic(context.db, owner.personId, { albums: "all", songs: { starred: true } });
  return {
    artist: gatherArtists(found.albums)
      .filter(({ starredAt }) => starredAt)
      .map(artistShape),
    albums: found.albums.filter(({ starredAt }) => starredAt),
    song: songShapes(found),
  };
}

async function setRating({ context, owner, asked }: Call): Promise<Payload> {
  const id = uuidOfId(required(asked, "id"));
  const rating = required(asked, "rating");
  if (!/^[0-5]$/.test(rating)) throw new SubsonicFailure(0, "A rating is a whole number from 0 to 5.");
  const done =
    id !== null &&
    (await rateItem(context.db, { personId: owner.personId, id, rating: Number(rating) || null }));
  if (!done) throw new SubsonicFailure(70);
  return {};
}

/** « submission=false » only says what plays at the moment, which nobody is told here. */
async function scrobble({ context, owner, asked }: Call): Promise<Payload> {
  required(asked, "id");
  const times = asked.getAll("time");
  const now = context.house.clock.now();
  const plays = asked.getAll("id").flatMap((given, i) => {
    const id = uuidOfId(given, "tr");
    const at = new Date(Number(times[i] ?? Number.NaN));
    // Nothing was heard before the first player, nor after now.
    const said = at.getTime() > 0 && at <= now ? at : now;
    return id === null ? [] : [{ id, at: said }];
  });
  if (plays.length === 0) throw new SubsonicFailure(70);
  if (asked.get("submission") === "false") return {};
  const found = await countPlays(context.db, { personId: owner.personId, plays });
  if (found === 0) throw new SubsonicFailure(70);
  return {};
}

async function playlist({ context, owner }: Call, id: string): Promise<Payload> {
  const [list] = await listPlaylists(context.db, owner.personId, id);
  if (!list) throw new SubsonicFailure(70);
  const found = await readMusic(context.db, owner.personId, {
    albums: "of songs",
    songs: { playlistId: id },
  });
  return { playlist: { ...playlistShape(list, owner.email), entry: songShapes(found) } };
}

/** Makes one, or gives one other tracks (`playlistId`): the same call in this protocol. */
async function createPlaylist(call: Call): Promise<Payload> {
  const { context, owner, asked } = call;
  const id = asked.has("playlistId") ? idOf(asked, "pl", "playlistId") : null;
  const name = id === null ? required(asked, "name") : asked.get("name");
  const kept = await keepPlaylist(context.db, context.house, {
    personId: owner.personId,
    id,
    change: { ...(name && { name: name.slice(0, 300) }), songIds: idsOf(asked, "songId") },
  });
  if (kept === null) throw new SubsonicFailure(70);
  return playlist(call, kept);
}

async function updatePlaylist({ context, owner, asked }: Call): Promise<Payload> {
  const [name, comment] = [asked.get("name"), asked.get("comment")];
  const kept = await keepPlaylist(context.db, context.house, {
    personId: owner.personId,
    id: idOf(asked, "pl", "playlistId"),
    change: {
      ...(name && { name: name.slice(0, 300) }),
      ...(comment !== null && { comment: comment.slice(0, 2000) }),
      add: idsOf(asked, "songIdToAdd"),
      remove: asked
        .getAll("songIndexToRemove")
        .filter((each) => /^\d{1,6}$/.test(each))
        .map(Number),
    },
  });
  if (kept === null) throw new SubsonicFailure(70);
  return {};
}

async function getPlaylists({ context, owner }: Call): Promise<Payload> {
  const lists = await listPlaylists(context.db, owner.personId);
  return { playlists: { playlist: lists.map((list) => playlistShape(list, owner.email)) } };
}

async function deletePlaylist({ context, owner, asked }: Call): Promise<Payload> {
  const gone = await removePlaylist(context.db, { personId: owner.personId, id: idOf(asked, "pl") });
  if (!gone) throw new SubsonicFailure(70);
  return {};
}

/** What the listener says and keeps: favourites, ratings, what was heard, playlists. */
export const keeping: Record<string, (call: Call) => Promise<Payload>> = {
  star: (call) => star(call, true),
  unstar: (call) => star(call, false),
  getStarred: async (call) => {
    const { albums, ...rest } = await starred(call);
    return { starred: { ...rest, album: albums.map(folderShape) } };
  },
  getStarred2: async (call) => {
    const { albums, ...rest } = await starred(call);
    return { starred2: { ...rest, album: albums.map(albumShape) } };
  },
  setRating,
  scrobble,
  getPlaylists,
  getPlaylist: (call) => playlist(call, idOf(call.asked, "pl")),
  createPlaylist,
  updatePlaylist,
  deletePlaylist,
};
