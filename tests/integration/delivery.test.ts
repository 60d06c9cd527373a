import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { linkSeconds, openDownload } from "#domain/delivery/open-download.server.ts";
import { findMedia } from "#domain/delivery/queries.server.ts";
import { findHeldOfSale, findLibrary } from "#domain/library/queries.server.ts";
import { openShelf } from "./shelf.ts";

let shelf: Awaited<ReturnType<typeof openShelf>>;
let work: string;
let original: string;
let other: string;
let lise: string;
let bought: { saleId: string; rightId: string };

beforeAll(async () => {
  shelf = await openShelf();
  work = await shelf.shelve({
    slug: "eaux",
    title: "Les eaux hautes",
    by: [{ name: "Ana Roy", role: "author" }],
  });
  const editionId = v7();
  await shelf.db
    .insertInto("edition")
    .values({ id: editionId, work_id: work, format: "epub", created_at: shelf.clock.now() })
    .execute();
  original = await shelf.asset(work, "original", "le livre", { editionId });
  other = await shelf.asset(
    await shelf.shelve({ slug: "autre", title: "Autre" }),
    "original",
    "un autre livre",
  );
  lise = await shelf.person("lise@exemple.org");
  bought = await shelf.sold(work, { email: "lise@exemple.org", personId: lise });
});
afterAll(() => shelf.close());

const open = (over: Partial<Parameters<typeof openDownload>[2]>) =>
  openDownload(shelf.db, shelf.house, {
    rightId: bought.rightId,
    assetId: original,
    personId: null,
    saleId: null,
    ...over,
  });
const logged = async () =>
  (
    await shelf.db
      .selectFrom("download")
      .select("asset_id")
      .where("download_right_id", "=", bought.rightId)
      .execute()
  ).length;

describe("a download", () => {
  it("is a link of five minutes to a file with a readable name, and is written down", async () => {
    const before = await logged();
    const link = await open({ personId: lise });
    expect(new URL(link!).searchParams.get("X-Amz-Expires")).toBe(String(linkSeconds));
    expect(linkSeconds).toBe(300);
    const answer = await fetch(link!);
    expect(await answer.text()).toBe("le livre");
    expect(answer.headers.get("content-disposition")).toContain("Ana Roy - Les eaux hautes.epub");
    expect(await logged()).toBe(before + 1);
    expect(await open({ personId: lise, looking: true })).toMatch(/^http/);
    expect(await logged()).toBe(before + 1);
  });

  it("opens by the receipt's sale as well, without an account", async () => {
    expect(await open({ saleId: bought.saleId })).toMatch(/^http/);
  });

  it("does not exist for anybody else, nor for a file of another work, and leaves no trace", async () => {
    const before = await logged();
    const stranger = await shelf.person("autre@exemple.org");
    const theirs = await shelf.sold(work, { email: "autre@exemple.org", personId: stranger });
    expect(await open({})).toBeNull();
    expect(await open({ personId: stranger })).toBeNull();
    expect(await open({ saleId: theirs.saleId })).toBeNull();
    expect(await open({ personId: lise, assetId: other })).toBeNull();
    expect(await open({ personId: lise, rightId: v7() })).toBeNull();
    expect(await logged()).toBe(before);
  });

  it("goes on when the work is withdrawn, and ends with the right alone", async () => {
    await shelf.db.updateTable("work").set({ state: "withdrawn" }).where("id", "=", work).execute();
    expect(await open({ personId: lise })).toMatch(/^http/);
    const ended = shelf.clock.now();
    await shelf.db
      .updateTable("download_right")
      .set({ ended_at: ended })
      .where("id", "=", bought.rightId)
      .execute();
    expect(await open({ personId: lise })).toBeNull();
    expect((await findLibrary(shelf.db, lise))[0]).toMatchObject({ files: [] });
    await shelf.db
      .updateTable("download_right")
      .set({ ended_at: null })
      .where("id", "=", bought.rightId)
      .execute();
    await shelf.db.updateTable("work").set({ state: "published" }).where("id", "=", work).execute();
  });
});

describe("the library", () => {
  it("shows what one holds, as it was sold, with its files and no other's", async () => {
    const held = await findLibrary(shelf.db, lise);
    expect(held).toHaveLength(1);
    expect(held[0]).toMatchObject({
      title: "Tel que vendu",
      endedAt: null,
      work: { slug: "eaux", onSale: true },
    });
    expect(held[0]?.files).toEqual([
      {
        assetId: original,
        format: "epub",
        mediaType: "application/epub+zip",
        bytes: 8,
        former: false,
        track: null,
      },
    ]);
    expect((await findHeldOfSale(shelf.db, bought.saleId)).map(({ rightId }) => rightId)).toEqual([
      bought.rightId,
    ]);
    expect(await findLibrary(shelf.db, shelf.ana.personId)).toEqual([]);
  });

  it("shows a work bought twice once, by the right that goes on", async () => {
    const again = await shelf.sold(work, { email: "lise@exemple.org", personId: lise });
    const ended = (at: Date | null) =>
      shelf.db.updateTable("download_right").set({ ended_at: at }).where("id", "=", again.rightId).execute();
    await ended(shelf.clock.now());
    expect((await findLibrary(shelf.db, lise)).map(({ rightId }) => rightId)).toEqual([bought.rightId]);
    await ended(null);
    expect((await findLibrary(shelf.db, lise)).map(({ rightId }) => rightId)).toEqual([again.rightId]);
  });
});

describe("media", () => {
  const see = (assetId: string, personId: string | null = null) => findMedia(shelf.db, { assetId, personId });

  it("are for everybody once the work is published; an original never is", async () => {
    const cover = await shelf.asset(work, "cover", "image");
    expect(await see(cover)).toMatchObject({ mediaType: "image/webp", bytes: 5, shared: true });
    expect(await see(original)).toBeNull();
    expect(await see(original, lise)).toBeNull();
    expect(await see(await shelf.asset(work, "sample_page", "<p>", { mediaType: "text/html" }))).toBeNull();
    expect(await see(v7())).toBeNull();
  });

  it("of a draft are for its member alone; of a withdrawn work only the cover stays", async () => {
    const draft = await shelf.shelve({ slug: "ebauche", title: "Ébauche", state: "draft" });
    const gone = await shelf.shelve({ slug: "parti", title: "Parti", state: "withdrawn" });
    const early = await shelf.asset(draft, "preview", "son", { mediaType: "audio/mpeg" });
    expect(await see(early)).toBeNull();
    expect(await see(early, lise)).toBeNull();
    expect(await see(early, shelf.ana.personId)).toMatchObject({ shared: false });
    expect(await see(await shelf.asset(gone, "cover", "image"))).toMatchObject({ shared: false });
    expect(await see(await shelf.asset(gone, "sample_epub", "extrait"))).toBeNull();
  });
});
