import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { revokeDevice } from "#domain/library/revoke-device.server.ts";
import { all, openDeviceHouse, parseXml } from "./device-house.ts";
import { type Asked, namesOf, openPlayer, queryOf, token } from "./subsonic-player.ts";

let house: Awaited<ReturnType<typeof openDeviceHouse>>;
let lise: string;
let player: { id: string; password: string };
let brume: { workId: string; songs: string[] };
let gel: { workId: string; songs: string[] };
let theirs: { workId: string; songs: string[] };
let { me, knock, ok, code } = {} as ReturnType<typeof openPlayer>;
const email = "lise@exemple.org";

beforeAll(async () => {
  house = await openDeviceHouse();
  lise = await house.person(email);
  const paul = await house.person("paul@exemple.org");
  brume = await house.album("brume", "Brume", ["Jusant", "Étale & <flot>", "Estran"]);
  await house.cover(brume.workId);
  gel = await house.album("gel", "Gel", ["Givre"], "Ève Aubé", { subjects: ["Jazz"] });
  theirs = await house.album("autre", "À un autre", ["Secret"]);
  const book = await house.book("livre", "Un livre");
  for (const workId of [brume.workId, gel.workId, book.workId])
    await house.sold(workId, { email, personId: lise });
  await house.sold(theirs.workId, { email: "paul@exemple.org", personId: paul });
  await house.album("brouillon", "Brouillon", ["Ébauche"], "Duo Brume", { state: "draft" });
  player = await house.device(lise, "player");
  ({ me, knock, ok, code } = openPlayer(house, email, player.password));
});
afterAll(() => house.close());

describe("the envelope", () => {
  it("names itself, in JSON and in XML, with .view and without, by GET and by POST", async () => {
    const known = {
      status: "ok",
      version: "1.16.1",
      type: "ventes.coop",
      serverVersion: "0.1.0",
      openSubsonic: true,
    };
    for (const call of ["ping", "ping.view"]) expect(await ok(call)).toEqual(known);
    const answer = await knock("ping.view", me);
    expect(answer.headers.get("content-type")).toBe("text/xml; charset=utf-8");
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    const root = parseXml(await answer.text());
    expect([root.name, root.attributes]).toEqual([
      "subsonic-response",
      {
        ...{
          status: "ok",
          version: "1.16.1",
          type: "ventes.coop",
          serverVersion: "0.1.0",
          openSubsonic: "true",
        },
        xmlns: "http://subsonic.org/restapi",
      },
    ]);
    const posted = await house.knock("/rest/ping.view", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: queryOf({ ...me, f: "json" }),
    });
    expect(JSON.parse(await posted.text())["subsonic-response"]).toEqual(known);
  });

  it("says what is understood to everybody", async () => {
    const answer = await knock("getOpenSubsonicExtensions", { f: "json" });
    const { openSubsonicExtensions } = JSON.parse(await answer.text())["subsonic-response"];
    expect(namesOf(openSubsonicExtensions)).toEqual(["apiKeyAuthentication", "formPost", "songLyrics"]);
    expect(await ok("getLicense")).toMatchObject({ license: { valid: true } });
  });

  it("writes XML that says the same as JSON", async () => {
    const id = `al-${brume.workId}`;
    const { album } = await ok("getAlbum", { id });
    const root = parseXml(await (await knock("getAlbum", { ...me, id })).text());
    const [written] = all(root, "album");
    expect(written!.attributes).toMatchObject({ id, name: "Brume", songCount: "3", artist: "Duo Brume" });
    expect(all(written!, "song").map(({ attributes }) => attributes.title)).toEqual(namesOf(album.song));
    expect(all(all(written!, "song")[0]!, "isrc")[0]!.text).toBe("CAA002600001");
    const genres = parseXml(await (await knock("getGenres", me)).text());
    const [folk] = all(all(genres, "genres")[0]!, "genre");
    expect([folk!.text, folk!.attributes]).toEqual(["Folk", { songCount: "3", albumCount: "1" }]);
  });
});

describe("who may come in", () => {
  it("shows a token, a password, a password in hexadecimal, or a key", async () => {
    const { password } = player;
    for (const shown of [
      me,
      { u: email, p: password },
      { u: email, p: `enc:${Buffer.from(password).toString("hex")}` },
      { apiKey: password },
    ])
      expect(await code("ping", shown)).toEqual(["ok", undefined, 200]);
    expect(await ok("tokenInfo")).toMatchObject({ tokenInfo: { username: email } });
  });

  it("is refused by the code of the protocol", async () => {
    const { password } = player;
    const failed = (n: number, status = 200) => ["failed", n, status];
    expect(await code("ping", {})).toEqual(failed(10));
    expect(await code("ping", { u: email })).toEqual(failed(10));
    expect(await code("ping", { u: email, t: "abc" })).toEqual(failed(10));
    expect(await code("ping", { u: email, p: "wrong" })).toEqual(failed(40));
    expect(await code("ping", { u: email, ...token("wrong") })).toEqual(failed(40));
    expect(await code("ping", { u: "paul@exemple.org", ...token(password) })).toEqual(failed(40));
    expect(await code("ping", { apiKey: password, u: email })).toEqual(failed(43));
    expect(await code("ping", { u: email, p: password, ...token(password) })).toEqual(failed(43));
    expect(await code("ping", { apiKey: "wrong" })).toEqual(failed(44));
    expect(await code("ping", { ...me, v: "2.0.0" })).toEqual(failed(30));
    expect(await code("ping", { ...me, v: "0.9" })).toEqual(failed(20));
    expect(await code("getAlbum", me)).toEqual(failed(10));
    expect(await code("getAlbum", { ...me, id: "nothing" })).toEqual(failed(70));
    expect(await code("createUser", me)).toEqual(failed(50));
    expect(await code("nothingOfTheKind", me)).toEqual(failed(0, 404));
    expect(await code("constructor", me)).toEqual(failed(0, 404));
  });

  it("is not an e-reader, nor a device that was ended", async () => {
    const reader = await house.device(lise, "reader");
    expect(await code("ping", { u: email, p: reader.password })).toEqual(["failed", 40, 200]);
    const lost = await house.device(lise, "player");
    expect(await code("ping", { u: email, ...token(lost.password) })).toEqual(["ok", undefined, 200]);
    await revokeDevice(house.db, house.house, { id: lost.id, personId: lise });
    expect(await code("ping", { u: email, ...token(lost.password) })).toEqual(["failed", 40, 401]);
    expect(await code("getArtists", { apiKey: lost.password })).toEqual(["failed", 44, 401]);
    const stream = await knock("stream", { u: email, p: lost.password, id: `tr-${brume.songs[0]}` });
    expect(stream.status).toBe(401);
  });
});

describe("looking through the library", () => {
  it("shows exactly what is owned, from every side", async () => {
    const { artists } = await ok("getArtists");
    const listed = artists.index.flatMap(({ artist }: { artist: { id: string; name: string }[] }) => artist);
    expect(namesOf(listed)).toEqual(["Duo Brume", "Ève Aubé"]);
    expect(artists.index.map(({ name }: { name: string }) => name)).toEqual(["D", "E"]);
    const { artist } = await ok("getArtist", { id: listed[0].id });
    expect(namesOf(artist.album)).toEqual(["Brume"]);
    const { album } = await ok("getAlbum", { id: artist.album[0].id });
    expect(namesOf(album.song)).toEqual(["Jusant", "Étale & <flot>", "Estran"]);
    expect(album).toMatchObject({ songCount: 3, duration: 186, artist: "Duo Brume" });
    const { song } = await ok("getSong", { id: album.song[1].id });
    expect(song).toMatchObject({
      ...{ track: 2, discNumber: 1, duration: 62, suffix: "flac", contentType: "audio/flac", isDir: false },
      ...{ bitRate: 912, samplingRate: 44_100, bitDepth: 16, channelCount: 2, isrc: ["CAA002600002"] },
      ...{ albumId: `al-${brume.workId}`, album: "Brume", artist: "Duo Brume", type: "music" },
    });
    expect((await ok("getMusicFolders")).musicFolders.musicFolder).toHaveLength(1);
    const { indexes } = await ok("getIndexes");
    const { directory } = await ok("getMusicDirectory", { id: indexes.index[0].artist[0].id });
    expect(directory.child).toMatchObject([{ isDir: true, title: "Brume" }]);
    const folder = await ok("getMusicDirectory", { id: directory.child[0].id });
    expect(folder.directory.child).toHaveLength(3);
    expect((await ok("getGenres")).genres.genre.map(({ value }: { value: string }) => value)).toEqual([
      "Folk",
      "Jazz",
    ]);
    expect(namesOf((await ok("getSongsByGenre", { genre: "Jazz" })).songsByGenre.song)).toEqual(["Givre"]);
    expect((await ok("getRandomSongs", { size: "50" })).randomSongs.song).toHaveLength(4);
    expect((await ok("getScanStatus")).scanStatus).toEqual({ scanning: false, count: 4 });
  });

  it("shows who is named with one track alone, by the albums where they are heard", async () => {
    const agentId = v7();
    await house.db
      .insertInto("agent")
      .values({ id: agentId, slug: "invitee", name: "L’Invitée", created_at: house.clock.now() })
      .execute();
    const [recording_id] = gel.songs;
    for (const role of ["performer", "composer"])
      await house.db
        .insertInto("contribution")
        .values({
          id: v7(),
          work_id: gel.workId,
          recording_id: recording_id!,
          agent_id: agentId,
          role,
          position: 1,
        })
        .execute();
    const { song } = await ok("getSong", { id: `tr-${recording_id}` });
    expect(song).toMatchObject({
      artist: "L’Invitée",
      artistId: `ar-${agentId}`,
      displayAlbumArtist: "Ève Aubé",
    });
    expect(song.contributors.map(({ role }: { role: string }) => role)).toEqual(["composer", "performer"]);
    const { artist } = await ok("getArtist", { id: song.artistId });
    expect([artist.name, namesOf(artist.album)]).toEqual(["L’Invitée", ["Gel"]]);
    expect(namesOf((await ok("search3", { query: "invitee" })).searchResult3.song)).toEqual(["Givre"]);
    expect(await code("getArtist", { ...me, id: `ar-${v7()}` })).toEqual(["failed", 70, 200]);
    await house.db.deleteFrom("contribution").where("agent_id", "=", agentId).execute();
  });

  it("knows nothing of what belongs to others", async () => {
    for (const [call, id] of [
      ["getAlbum", `al-${theirs.workId}`],
      ["getSong", `tr-${theirs.songs[0]}`],
      ["stream", `tr-${theirs.songs[0]}`],
      ["download", `tr-${theirs.songs[0]}`],
      ["getCoverArt", `al-${theirs.workId}`],
      ["getLyricsBySongId", `tr-${theirs.songs[0]}`],
      ["star", `tr-${theirs.songs[0]}`],
      ["scrobble", `tr-${theirs.songs[0]}`],
    ] as const)
      expect(await code(call, { ...me, id }), call).toEqual(["failed", 70, 200]);
    expect((await ok("search3", { query: "secret" })).searchResult3).toEqual({
      artist: [],
      album: [],
      song: [],
    });
  });

  it("lists albums in the order asked for", async () => {
    const list = async (type: string, more: Asked = {}) =>
      namesOf((await ok("getAlbumList2", { type, ...more })).albumList2.album);
    expect(await list("alphabeticalByName")).toEqual(["Brume", "Gel"]);
    expect(await list("alphabeticalByArtist")).toEqual(["Brume", "Gel"]);
    expect(await list("alphabeticalByName", { size: "1", offset: "1" })).toEqual(["Gel"]);
    expect((await list("newest")).toSorted()).toEqual(["Brume", "Gel"]);
    expect((await list("random")).toSorted()).toEqual(["Brume", "Gel"]);
    expect(await list("byGenre", { genre: "Jazz" })).toEqual(["Gel"]);
    expect(await list("starred")).toEqual([]);
    expect(await code("getAlbumList2", me)).toEqual(["failed", 10, 200]);
    expect(await code("getAlbumList2", { ...me, type: "constructor" })).toEqual(["failed", 0, 200]);
  });
});

describe("search", () => {
  it("for nothing, or for two quotation marks, gives everything, page by page in a steady order", async () => {
    for (const query of ["", '""']) {
      const page = async (songOffset: number) =>
        (await ok("search3", { query, songCount: "3", songOffset: String(songOffset) })).searchResult3;
      const [first, second, third] = [await page(0), await page(3), await page(6)];
      expect([...namesOf(first.song), ...namesOf(second.song)]).toEqual([
        ...["Jusant", "Étale & <flot>", "Estran"],
        "Givre",
      ]);
      expect(third.song).toEqual([]);
      expect(namesOf(first.album)).toEqual(["Brume", "Gel"]);
      expect(namesOf(first.artist)).toEqual(["Duo Brume", "Ève Aubé"]);
    }
  });

  it("finds words in titles, albums and names, without regard to accents", async () => {
    const find = async (query: string) => {
      const { artist, album, song } = (await ok("search3", { query })).searchResult3;
      return [namesOf(artist), namesOf(album), namesOf(song)];
    };
    expect(await find("etale")).toEqual([[], [], ["Étale & <flot>"]]);
    expect(await find("aube eve")).toEqual([["Ève Aubé"], ["Gel"], ["Givre"]]);
    expect(await find("%")).toEqual([[], [], []]);
    expect((await ok("search2", { query: "givre" })).searchResult2.song).toHaveLength(1);
  });
});

it("asks the database once who it is, and once for what is asked", async () => {
  await ok("ping");
  for (const [call, asked] of [
    ["getArtists", {}],
    ["getAlbum", { id: `al-${brume.workId}` }],
    ["search3", { query: "" }],
    ["getStarred2", {}],
    ["getPlaylists", {}],
  ] as const) {
    const counted = house.counting();
    const answer = await house.knock(`/rest/${call}?${queryOf({ ...me, ...asked })}`, {}, counted);
    expect([answer.status, counted.queries()], call).toEqual([200, 2]);
  }
});
