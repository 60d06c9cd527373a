import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openReading } from "#domain/delivery/open-download.server.ts";
import { keepReading } from "#domain/library/keep-reading.server.ts";
import { findReadingBook } from "#domain/library/reading-queries.server.ts";
import { openShelf } from "./shelf.ts";

let shelf: Awaited<ReturnType<typeof openShelf>>;
let assetId: string;
let personId: string;
let stranger: string;
let rightId: string;

beforeAll(async () => {
  shelf = await openShelf();
  const workId = await shelf.shelve({ slug: "eaux", title: "Les eaux hautes" });
  const editionId = v7();
  await shelf.db
    .insertInto("edition")
    .values({ id: editionId, work_id: workId, format: "epub", created_at: shelf.clock.now() })
    .execute();
  assetId = await shelf.asset(workId, "original", "le livre", { editionId });
  personId = await shelf.person("lise@exemple.org");
  stranger = await shelf.person("paul@exemple.org");
  rightId = (await shelf.sold(workId, { email: "lise@exemple.org", personId })).rightId;
});
afterAll(() => shelf.close());

const book = (who = personId) => findReadingBook(shelf.db, { rightId, personId: who });
const keep = (over: Partial<Parameters<typeof keepReading>[2]> = {}) =>
  keepReading(shelf.db, shelf.house, {
    ...{ rightId, assetId, personId, place: "epubcfi(/6/4!/4/2)", share: 1200, agoMs: 0, known: null },
    ...over,
  });

describe("a book that one reads here", () => {
  it("opens for who holds it and for nobody else", async () => {
    expect(await book()).toMatchObject({ assetId, title: "Tel que vendu", position: null });
    expect(await book(stranger)).toBeNull();
    const opened = await openReading(shelf.db, shelf.house, { rightId, assetId, personId, saleId: null });
    expect(opened).toMatchObject({ media: { mediaType: "application/epub+zip", bytes: 8, shared: false } });
    expect(
      await openReading(shelf.db, shelf.house, { rightId, assetId, personId: stranger, saleId: null }),
    ).toBeNull();
    const { times } = await shelf.db
      .selectFrom("download")
      .select((eb) => eb.fn.countAll<number>().as("times"))
      .executeTakeFirstOrThrow();
    expect(times).toBe(1);
  });

  it("is opened where it was left, on another device too", async () => {
    const first = await keep();
    expect(first).toMatchObject({ kept: true, elsewhere: null });
    expect((await book())!.position).toEqual({
      ...{ place: "epubcfi(/6/4!/4/2)", share: 1200, sameFile: true },
      readAt: first!.readAt,
    });
  });

  it("tells a device what another has read meanwhile; the newest wins", async () => {
    const known = (await book())!.position!.readAt;
    shelf.clock.advance(60_000);
    const phone = await keep({ place: "epubcfi(/6/8!/4/2)", share: 4000, known });
    expect(phone).toMatchObject({ kept: true, elsewhere: null });
    shelf.clock.advance(60_000);
    const tablet = await keep({ place: "epubcfi(/6/6!/4/2)", share: 3000, known });
    expect(tablet).toMatchObject({ kept: true, elsewhere: { place: "epubcfi(/6/8!/4/2)", share: 4000 } });
    expect((await book())!.position).toMatchObject({ share: 3000 });
    // It knows now, and is not told twice.
    expect(await keep({ place: "epubcfi(/6/6!/4/4)", share: 3100, known: tablet!.readAt })).toMatchObject({
      kept: true,
      elsewhere: null,
    });
  });

  it("does not go back to what a device without network tells late", async () => {
    const now = (await book())!.position!;
    const late = await keep({ place: "epubcfi(/6/2!/4/2)", share: 100, agoMs: 3_600_000, known: null });
    expect(late).toEqual({
      kept: false,
      readAt: now.readAt,
      elsewhere: { place: now.place, share: now.share, readAt: now.readAt },
    });
    expect((await book())!.position).toEqual(now);
  });

  it("is not another's to mark, nor one's own once it was refunded", async () => {
    expect(await keep({ personId: stranger })).toBeNull();
    expect(await keep({ assetId: v7() })).toBeNull();
    await shelf.db
      .updateTable("download_right")
      .set({ ended_at: shelf.clock.now() })
      .where("id", "=", rightId)
      .execute();
    expect(await keep()).toBeNull();
    expect(await book()).toBeNull();
  });
});
