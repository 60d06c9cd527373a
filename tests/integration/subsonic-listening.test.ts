import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDeviceHouse } from "./device-house.ts";
import { type Asked, namesOf, openPlayer } from "./subsonic-player.ts";

let house: Awaited<ReturnType<typeof openDeviceHouse>>;
let lise: string;
let paul: { password: string };
let brume: { workId: string; songs: string[] };
let gel: { workId: string; songs: string[] };
let theirs: { workId: string; songs: string[] };
let { me, knock, ok, code } = {} as ReturnType<typeof openPlayer>;
const email = "lise@exemple.org";

beforeAll(async () => {
  house = await openDeviceHouse();
  lise = await house.person(email);
  brume = await house.album("brume", "Brume", ["Jusant", "Étale & <flot>", "Estran"]);
  await house.cover(brume.workId);
  gel = await house.album("gel", "Gel", ["Givre"], "Ève Aubé", { subjects: ["Jazz"] });
  theirs = await house.album("autre", "À un autre", ["Secret"]);
  for (const { workId } of [brume, gel]) await house.sold(workId, { email, personId: lise });
  paul = await house.device(await house.person("paul@exemple.org"), "player");
  const { password } = await house.device(lise, "player");
  ({ me, knock, ok, code } = openPlayer(house, email, password));
});
afterAll(() => house.close());

describe("listening", () => {
  it("streams by a short link, any part of it, and counts one download", async () => {
    const id = `tr-${brume.songs[0]}`;
    const answer = await knock("stream.view", { ...me, id, maxBitRate: "128", format: "mp3" });
    expect(answer.status).toBe(302);
    const link = answer.headers.get("location")!;
    expect(await (await fetch(link)).text()).toBe("le son de Jusant");
    const part = await fetch(link, { headers: { range: "bytes=3-5" } });
    expect([part.status, await part.text()]).toEqual([206, "son"]);
    const downloads = async () => (await house.db.selectFrom("download").selectAll().execute()).length;
    const before = await downloads();
    await knock("stream", { ...me, id }, { headers: { range: "bytes=5-" } });
    expect(await downloads()).toBe(before);
    await knock("download", { ...me, id });
    expect(await downloads()).toBe(before + 1);
  });

  it("shows covers in the size that is wide enough", async () => {
    const id = `al-${brume.workId}`;
    const cover = async (more: Asked) => (await knock("getCoverArt", { ...me, id, ...more })).text();
    expect(await cover({})).toBe("image 960");
    expect(await cover({ size: "300" })).toBe("image 480");
    expect(await cover({ size: "2000" })).toBe("image 960");
    expect(await code("getCoverArt", { ...me, id: `al-${gel.workId}` })).toEqual(["failed", 70, 200]);
  });

  it("reads lyrics", async () => {
    const { lyricsList } = await ok("getLyricsBySongId", { id: `tr-${brume.songs[0]}` });
    expect(lyricsList.structuredLyrics).toEqual([
      {
        ...{ displayArtist: "Duo Brume", displayTitle: "Jusant", lang: "und", synced: false },
        line: [{ value: "Première ligne" }, { value: "Deuxième ligne" }],
      },
    ]);
    const without = await ok("getLyricsBySongId", { id: `tr-${brume.songs[1]}` });
    expect(without.lyricsList.structuredLyrics).toEqual([]);
  });

  it("keeps favourites, ratings and what was heard, for this person alone", async () => {
    const song = `tr-${brume.songs[1]}`;
    const { artists } = await ok("getArtists");
    const artist = artists.index[1].artist[0].id;
    await ok("star", { id: song, albumId: `al-${gel.workId}`, artistId: artist });
    const { starred2 } = await ok("getStarred2");
    expect([namesOf(starred2.artist), namesOf(starred2.album), namesOf(starred2.song)]).toEqual([
      ["Ève Aubé"],
      ["Gel"],
      ["Étale & <flot>"],
    ]);
    expect((await ok("getSong", { id: song })).song.starred).toBe(house.clock.now().toISOString());
    await ok("unstar", { id: song });
    expect((await ok("getStarred")).starred.song).toEqual([]);
    await ok("setRating", { id: song, rating: "4" });
    expect((await ok("getSong", { id: song })).song.userRating).toBe(4);
    await ok("setRating", { id: song, rating: "0" });
    expect((await ok("getSong", { id: song })).song.userRating).toBeUndefined();
    expect(await code("setRating", { ...me, id: song, rating: "6" })).toEqual(["failed", 0, 200]);
    await ok("scrobble", { id: [song, song] });
    await ok("scrobble", { id: song, submission: "false" });
    expect((await ok("getSong", { id: song })).song.playCount).toBe(2);
    const { albumList2 } = await ok("getAlbumList2", { type: "frequent" });
    expect(albumList2.album).toMatchObject([{ name: "Brume", playCount: 2 }]);
    const answer = await knock("getStarred2", { apiKey: paul.password, f: "json" });
    expect(JSON.parse(await answer.text())["subsonic-response"].starred2.album).toEqual([]);
  });

  it("keeps playlists: made, changed, emptied of what is gone, deleted", async () => {
    const [a, b, c] = brume.songs.map((id) => `tr-${id}`);
    const { playlist } = await ok("createPlaylist", {
      name: "Au large",
      songId: [a!, b!, `tr-${theirs.songs[0]}`],
    });
    expect(playlist).toMatchObject({ name: "Au large", songCount: 2, owner: email, public: false });
    await ok("updatePlaylist", {
      playlistId: playlist.id,
      comment: "Pour le soir",
      songIdToAdd: [c!, a!],
      songIndexToRemove: "0",
    });
    const read = async () => (await ok("getPlaylist", { id: playlist.id })).playlist;
    expect(await read()).toMatchObject({ comment: "Pour le soir", songCount: 3 });
    expect(namesOf((await read()).entry)).toEqual(["Étale & <flot>", "Estran", "Jusant"]);
    await ok("createPlaylist", { playlistId: playlist.id, songId: [c!, c!] });
    expect(namesOf((await read()).entry)).toEqual(["Estran", "Estran"]);
    expect((await ok("getPlaylists")).playlists.playlist).toHaveLength(1);
    const other = { apiKey: paul.password };
    for (const [call, asked] of [
      ["getPlaylist", { id: playlist.id }],
      ["updatePlaylist", { playlistId: playlist.id, name: "À moi" }],
      ["deletePlaylist", { id: playlist.id }],
    ] as const)
      expect(await code(call, { ...other, ...asked })).toEqual(["failed", 70, 200]);
    await ok("deletePlaylist", { id: playlist.id });
    expect((await ok("getPlaylists")).playlists.playlist).toEqual([]);
  });
});

describe("what becomes of an album", () => {
  it("withdrawn, it stays with its buyers; refunded, it disappears, from lists as well", async () => {
    const late = await house.album("tard", "Tard", ["Minuit"], "Nuit");
    const { rightId } = await house.sold(late.workId, { email, personId: lise });
    const id = `tr-${late.songs[0]}`;
    const { playlist } = await ok("createPlaylist", { name: "Nuit", songId: [id, `tr-${gel.songs[0]}`] });
    const has = async () =>
      namesOf((await ok("getAlbumList2", { type: "alphabeticalByName" })).albumList2.album);
    expect(await has()).toContain("Tard");
    await house.withdraw(late.workId);
    expect(await has()).toContain("Tard");
    expect((await knock("stream", { ...me, id })).status).toBe(302);
    await house.refund(rightId);
    expect(await has()).not.toContain("Tard");
    expect(await code("stream", { ...me, id })).toEqual(["failed", 70, 200]);
    expect(namesOf((await ok("getPlaylist", { id: playlist.id })).playlist.entry)).toEqual(["Givre"]);
    // The one seen first is removed, not the one that a refund hides.
    await ok("updatePlaylist", { playlistId: playlist.id, songIndexToRemove: "0" });
    await house.sold(late.workId, { email, personId: lise });
    expect(namesOf((await ok("getPlaylist", { id: playlist.id })).playlist.entry)).toEqual(["Minuit"]);
  });
});
