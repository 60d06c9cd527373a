import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { fromBuffer } from "yauzl";
import { bookletIn } from "#app/documents/booklet.ts";
import { openParcel } from "#domain/delivery/open-parcel.server.ts";
import { delivered } from "#domain/delivery/parcel.ts";
import type { Scope } from "#domain/delivery/parcel-queries.server.ts";
import { storedZip } from "#domain/delivery/stored-zip.server.ts";
import { wav } from "#tests/hostile/make-files.ts";
import { formatsShelf } from "./formats-shelf.ts";

vi.setConfig({ testTimeout: 120_000 });

let at: Awaited<ReturnType<typeof formatsShelf>>;
let lise: string;
let scope: Scope;
let album: string;
let bought: { saleId: string; rightId: string };
const sound = {
  bytes: wav({ seconds: 1 }),
  mediaType: "audio/wav",
  facts: { lossless: true, bitDepth: 16, channels: 1, bitrate: 352_800 },
};

beforeAll(async () => {
  at = await formatsShelf();
  lise = await at.person("lise@exemple.org");
  album = await at.album("marees", "Marées");
  await at.addTrack(album, 1, "Jusant", sound);
  await at.addTrack(album, 2, "Étale : AC/DC?", sound);
  bought = await at.sold(album, { email: "lise@exemple.org", personId: lise });
  scope = { rightId: bought.rightId, personId: lise, saleId: null };
});
afterAll(() => at.close());

const open = (over: Partial<Parameters<typeof openParcel>[2]> = {}) =>
  openParcel(at.db, at.house, {
    scope,
    choice: "mp3-128",
    allName: "Mes œuvres",
    booklet: bookletIn("fr"),
    ...over,
  });

async function opened(over: Partial<Parameters<typeof openParcel>[2]> = {}) {
  const parcel = await open(over);
  if (parcel === null || parcel === "not_ready") throw new Error(`not opened: ${parcel}`);
  return parcel;
}

/** Names and contents, as another programme reads them; how each is stored. */
function unzip(bytes: Buffer): Promise<Map<string, { content: Buffer; method: number }>> {
  return new Promise((settle, fail) => {
    fromBuffer(bytes, { lazyEntries: true, strictFileNames: true }, (problem, zip) => {
      if (problem) return fail(problem);
      const found = new Map<string, { content: Buffer; method: number }>();
      zip.on("error", fail);
      zip.on("end", () => settle(found));
      zip.on("entry", (entry) => {
        zip.openReadStream(entry, (broken, stream) => {
          if (broken) return fail(broken);
          stream.toArray().then((chunks) => {
            found.set(entry.fileName, { content: Buffer.concat(chunks), method: entry.compressionMethod });
            zip.readEntry();
          }, fail);
        });
      });
      zip.readEntry();
    });
  });
}

const downloads = async () =>
  (
    await at.db
      .selectFrom("download")
      .select("asset_id")
      .where("download_right_id", "=", bought.rightId)
      .execute()
  ).length;

describe("an album in one zip", () => {
  it("rings for what is missing, and opens once every track is there", async () => {
    expect(await open()).toBe("not_ready");
    const rung = await at.rung();
    expect(rung).toHaveLength(2);
    await at.make(rung.slice(0, 1));
    expect(await open()).toBe("not_ready");
    expect(await at.rung()).toEqual([]);
    await at.make(rung.slice(1));
    expect(await opened()).toMatchObject({ bytes: expect.any(Number) });
  });

  it("holds the tracks under readable names, with the cover, stored as they are, in the length that was told", async () => {
    const before = await downloads();
    const { bytes, disposition, open: read } = await opened();
    const zip = Buffer.concat(await read().toArray());
    expect(zip.length).toBe(bytes);
    expect(disposition).toContain("Ana%20Roy%2C%20Bo%20C%C3%B4t%C3%A9%20-%20Mar%C3%A9es.zip");
    const found = await unzip(zip);
    const folder = "Ana Roy, Bo Côté - Marées";
    expect([...found.keys()]).toEqual([
      `${folder}/01 - Jusant.mp3`,
      `${folder}/02 - Étale AC DC.mp3`,
      `${folder}/cover.jpg`,
      `${folder}/Livret.txt`,
    ]);
    expect([...found.values()].map(({ method }) => method)).toEqual([0, 0, 0, 0]);
    const { ready } = delivered((await at.parcel(scope))[0]!.tracks[0]!, "mp3-128");
    expect(found.get(`${folder}/01 - Jusant.mp3`)?.content).toEqual(await at.read(ready!.assetId));
    const booklet = found.get(`${folder}/Livret.txt`)?.content.toString("utf8") ?? "";
    for (const said of ["Marées", "1. Jusant (ISRC CAX012600001)", "Max Dubé", "La mer monte,\r\nla mer"])
      expect(booklet).toContain(said);
    expect(await downloads()).toBe(before + 2);
  });

  it("is there at once in the files that were uploaded", async () => {
    const { open: read } = await opened({ choice: "original" });
    const found = await unzip(Buffer.concat(await read().toArray()));
    expect(found.get("Ana Roy, Bo Côté - Marées/01 - Jusant.wav")?.content).toEqual(sound.bytes);
  });

  it("reads nothing, and writes nothing down, for who only looks", async () => {
    const before = await downloads();
    const read = vi.spyOn(at.house.storage, "read");
    expect((await opened({ looking: true })).bytes).toBe((await opened()).bytes);
    expect(read).not.toHaveBeenCalled();
    read.mockRestore();
    expect(await downloads()).toBe(before + 2);
  });

  it("does not exist for somebody else, nor once the right has ended", async () => {
    const stranger = await at.person("autre@exemple.org");
    expect(await open({ scope: { ...scope, personId: stranger } })).toBeNull();
    expect(await open({ scope: { ...scope, personId: null } })).toBeNull();
    const ended = (at_: Date | null) =>
      at.db.updateTable("download_right").set({ ended_at: at_ }).where("id", "=", bought.rightId).execute();
    await ended(at.clock.now());
    expect(await open()).toBeNull();
    await ended(null);
  });
});

describe("everything at once", () => {
  it("holds the albums in their folders and the books as they were uploaded", async () => {
    const book = await at.shelve({
      slug: "eaux",
      title: "Les eaux hautes",
      by: [{ name: "Ana Roy", role: "author" }],
    });
    const edition = { id: crypto.randomUUID(), work_id: book, format: "epub", created_at: at.clock.now() };
    await at.db.insertInto("edition").values(edition).execute();
    await at.asset(book, "original", "le livre", { editionId: edition.id });
    await at.sold(book, { email: "lise@exemple.org", personId: lise });
    const twin = await at.album("marees-2", "Marées");
    await at.addTrack(twin, 1, "Jusant", sound);
    await at.sold(twin, { email: "lise@exemple.org", personId: lise });

    const all = { rightId: null, personId: lise, saleId: null };
    const { open: read, disposition } = await opened({ scope: all, choice: "original" });
    expect(disposition).toContain("Mes%20%C5%93uvres.zip");
    const found = await unzip(Buffer.concat(await read().toArray()));
    expect(found.get("Ana Roy - Les eaux hautes.epub")?.content.toString()).toBe("le livre");
    // Two albums of one name: neither overwrites the other.
    expect([...found.keys()].filter((name) => name.includes("Jusant"))).toEqual([
      "Ana Roy, Bo Côté - Marées/01 - Jusant.wav",
      "Ana Roy, Bo Côté - Marées/01 - Jusant (2).wav",
    ]);
    const ofSale = await opened({
      scope: { rightId: null, personId: null, saleId: bought.saleId },
      choice: "original",
    });
    expect([...(await unzip(Buffer.concat(await ofSale.open().toArray()))).keys()]).toHaveLength(4);
  });
});

describe("the zip itself", () => {
  it("breaks off where a file breaks off, and reads one file at a time", async () => {
    let reading = 0;
    let most = 0;
    const piece = (content: string) => async () => {
      reading += 1;
      most = Math.max(most, reading);
      const stream = Readable.from([Buffer.from(content)]);
      stream.on("end", () => {
        reading -= 1;
      });
      return stream;
    };
    const good = storedZip(
      ["un", "deux", "trois"].map((name) => ({ name, bytes: name.length, read: piece(name) })),
      at.clock.now(),
    );
    expect(Buffer.concat(await good.open().toArray()).length).toBe(good.bytes);
    expect(most).toBe(1);
    const broken = storedZip(
      [{ name: "un", bytes: 2, read: () => Promise.reject(new Error("bucket away")) }],
      at.clock.now(),
    );
    await expect(broken.open().toArray()).rejects.toThrow("bucket away");
    const short = storedZip([{ name: "un", bytes: 9, read: piece("un") }], at.clock.now());
    await expect(short.open().toArray()).rejects.toThrow();
  });

  it("knows its length beyond four gigabytes", () => {
    const five = 5 * 1024 ** 3;
    const { bytes } = storedZip(
      [{ name: "long.wav", bytes: five, read: () => Promise.reject(new Error("not read")) }],
      at.clock.now(),
    );
    expect(bytes).toBeGreaterThan(five);
  });
});
