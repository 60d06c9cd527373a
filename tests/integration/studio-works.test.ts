import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nameContributors } from "#domain/catalogue/name-contributors.server.ts";
import { orderTracks } from "#domain/catalogue/order-tracks.server.ts";
import { setPrice } from "#domain/catalogue/set-price.server.ts";
import { startWork } from "#domain/catalogue/start-work.server.ts";
import { findStudioWork, listStudioWorks } from "#domain/catalogue/studio-queries.server.ts";
import { withdrawWork } from "#domain/catalogue/withdraw-work.server.ts";
import { foundCoop } from "#domain/coops/found-coop.server.ts";
import { findStanding } from "#domain/curation/studio-queries.server.ts";
import { submitWork } from "#domain/curation/submit-work.server.ts";
import { withdrawSubmission } from "#domain/curation/withdraw-submission.server.ts";
import { admitMember } from "#domain/membership/admit-member.server.ts";
import { setShares } from "#domain/revenue/set-shares.server.ts";
import { setClock } from "#gateways/clock.ts";
import { freshDatabase, type ScratchDatabase } from "#tests/database.ts";

let scratch: ScratchDatabase;
const clock = setClock("2026-11-22T10:00:00Z");
let coopId: string;
let ana: { memberId: string; personId: string };
let ben: { memberId: string; personId: string };

beforeAll(async () => {
  scratch = await freshDatabase();
  ({ id: coopId } = await foundCoop(
    scratch.db,
    { clock },
    { slug: "fleuve", name: "Fleuve", legalForm: "coop_qc", place: "CA-QC" },
  ));
  ana = await admitMember(scratch.db, { clock }, { coopId, email: "ana@exemple.coop", name: "Ana Roy" });
  ben = await admitMember(scratch.db, { clock }, { coopId, email: "ben@exemple.coop", name: "Ben Côté" });
});
afterAll(() => scratch.close());

const start = (kind: "book" | "album", title?: string) =>
  startWork(scratch.db, { clock }, { ...ana, kind, ...(title ? { title } : {}) });

/** A file as the readers of uploads leave it. */
async function addFile(workId: string, track?: string): Promise<string> {
  const { db } = scratch;
  const id = v7();
  const common = { work_id: workId, media_type: "x/y", bytes: 10, created_at: clock.now() };
  await db
    .insertInto("asset")
    .values({ id, role: "original", storage_key: id, ...common })
    .execute();
  const coverId = v7();
  await db
    .insertInto("asset")
    .values({ id: coverId, role: "cover", storage_key: coverId, ...common })
    .execute();
  await db.updateTable("work").set({ cover_id: coverId, language: "fr" }).where("id", "=", workId).execute();
  if (track === undefined) return id;
  const { count } = await db
    .selectFrom("recording")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("work_id", "=", workId)
    .executeTakeFirstOrThrow();
  const recordingId = v7();
  await db
    .insertInto("recording")
    .values({ id: recordingId, work_id: workId, asset_id: id, position: count + 1, title: track })
    .execute();
  return recordingId;
}

describe("a work in its studio", () => {
  it("starts as a draft with a slug of its own, and only its person sees it", async () => {
    const [first, second, third] = await Promise.all([
      start("book", "Marées"),
      start("book", "Marées"),
      start("album"),
    ]);
    expect([first.slug, second.slug].sort()).toEqual(["marees", "marees-2"]);
    expect(third.slug).toBe("album");
    expect(await findStudioWork(scratch.db, ana.personId, first.workId)).toMatchObject({
      title: "Marées",
      state: "draft",
      priceChosen: false,
      origins: { title: { origin: "artist" } },
    });
    expect(await findStudioWork(scratch.db, ben.personId, first.workId)).toBeNull();
    expect(await listStudioWorks(scratch.db, ben.personId)).toEqual([]);
    expect((await listStudioWorks(scratch.db, ana.personId)).map(({ id }) => id)).toContain(third.workId);
    await expect(
      startWork(scratch.db, { clock }, { personId: ben.personId, memberId: ana.memberId, kind: "book" }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it.each([
    [{ kind: "fixed", amount: 49 }, "price_too_small"],
    [{ kind: "fixed", amount: 0 }, "price_too_small"],
    [{ kind: "open", floor: 10, suggested: null }, "price_too_small"],
    [{ kind: "open", floor: 500, suggested: 400 }, "price_suggestion"],
    [{ kind: "fixed", amount: 100_000_000 }, "amount_above_maximum"],
  ] as const)("refuses the price %j", async (price, code) => {
    const { workId } = await start("book");
    await expect(
      setPrice(scratch.db, { clock }, { personId: ana.personId, workId, price }),
    ).rejects.toMatchObject({ code });
  });

  it("keeps a chosen price, free included, and takes none from somebody else", async () => {
    const { workId } = await start("book");
    const set = (price: Parameters<typeof setPrice>[2]["price"], personId = ana.personId) =>
      setPrice(scratch.db, { clock }, { personId, workId, price });
    await set({ kind: "open", floor: 500, suggested: 900 });
    expect((await findStudioWork(scratch.db, ana.personId, workId))?.price).toMatchObject({
      kind: "open",
      amount: 500,
      suggested: 900,
    });
    await set({ kind: "free" });
    expect(await findStudioWork(scratch.db, ana.personId, workId)).toMatchObject({
      priceChosen: true,
      price: { kind: "fixed", amount: 0, suggested: null },
    });
    await expect(set({ kind: "free" }, ben.personId)).rejects.toMatchObject({ code: "not_found" });
  });

  it("puts no price on what is in the shop for nothing while its co-op has no rule to split it by", async () => {
    const { workId } = await start("book", "Offert");
    const set = (price: Parameters<typeof setPrice>[2]["price"]) =>
      setPrice(scratch.db, { clock }, { personId: ana.personId, workId, price });
    await set({ kind: "free" });
    await scratch.db
      .updateTable("work")
      .set({ state: "published", published_at: clock.now() })
      .where("id", "=", workId)
      .execute();
    await set({ kind: "free" });
    for (const price of [
      { kind: "fixed", amount: 1500 },
      { kind: "open", floor: 0, suggested: null },
    ] as const) {
      await expect(set(price)).rejects.toMatchObject({ code: "work_not_ready" });
    }
  });

  it("knows a person again within the co-op, links a member, and leaves strangers of the same name alone", async () => {
    const { db } = scratch;
    const one = await start("book", "Un");
    const two = await start("book", "Deux");
    const name = (workId: string, names: [string, string][]) =>
      nameContributors(
        db,
        { clock },
        { workId, contributors: names.map(([name, role]) => ({ name, role })) },
      );
    await name(one.workId, [
      ["Ben Côté", "author"],
      ["Zoé Nord", "illustrator"],
      ["Zoé Nord", "illustrator"],
    ]);
    await name(two.workId, [["zoe nord", "author"]]);
    const credits = await db
      .selectFrom("contribution")
      .innerJoin("agent", "agent.id", "agent_id")
      .select(["work_id", "agent.slug", "member_id", "contribution.position"])
      .where("work_id", "in", [one.workId, two.workId])
      .orderBy("work_id")
      .orderBy("contribution.position")
      .execute();
    expect(credits).toEqual([
      { work_id: one.workId, slug: "ben-cote", member_id: ben.memberId, position: 1 },
      { work_id: one.workId, slug: "zoe-nord", member_id: null, position: 2 },
      { work_id: two.workId, slug: "zoe-nord", member_id: null, position: 1 },
    ]);
    const elsewhere = await foundCoop(
      db,
      { clock },
      { slug: "halles", name: "Halles", legalForm: "scic", place: "FR-69" },
    );
    const guest = await admitMember(
      db,
      { clock },
      { coopId: elsewhere.id, email: "z@exemple.coop", name: "Z" },
    );
    const third = await startWork(db, { clock }, { ...guest, kind: "book" });
    await name(third.workId, [["Zoé Nord", "author"]]);
    expect((await findStudioWork(db, guest.personId, third.workId))?.credits[0]?.slug).toBe("zoe-nord-2");
    await name(one.workId, []);
    expect((await findStudioWork(db, ana.personId, one.workId))?.credits).toEqual([]);
  });

  it("orders tracks, and refuses a list that is not the album's", async () => {
    const { workId } = await start("album", "Disque");
    const ids = [await addFile(workId, "a"), await addFile(workId, "b"), await addFile(workId, "")];
    const order = (tracks: { id: string; title: string }[]) =>
      orderTracks(scratch.db, { clock }, { personId: ana.personId, workId, tracks });
    await order([ids[2]!, ids[0]!, ids[1]!].map((id, i) => ({ id, title: `Piste ${i + 1}` })));
    const work = await findStudioWork(scratch.db, ana.personId, workId);
    expect(work?.tracks.map(({ id, title }) => [id, title])).toEqual([
      [ids[2], "Piste 1"],
      [ids[0], "Piste 2"],
      [ids[1], "Piste 3"],
    ]);
    await expect(order([{ id: ids[0]!, title: "seule" }])).rejects.toMatchObject({ code: "tracks_changed" });
  });

  it("is submitted once whole, taken back, submitted again, and locked meanwhile", async () => {
    const { db } = scratch;
    const { workId } = await start("book");
    const mine = { personId: ana.personId, workId };
    await expect(submitWork(db, { clock, queue: scratch.queue }, mine)).rejects.toMatchObject({
      code: "work_incomplete",
    });
    expect((await findStanding(db, { clock }, mine))?.lacks).toEqual([
      "files",
      "cover",
      "title",
      "language",
      "people",
      "price",
      "shares",
    ]);
    await addFile(workId);
    await db.updateTable("work").set({ title: "Le Grand Large" }).where("id", "=", workId).execute();
    await nameContributors(db, { clock }, { workId, contributors: [{ name: "Ana Roy", role: "author" }] });
    await setPrice(db, { clock }, { ...mine, price: { kind: "fixed", amount: 1500 } });
    const shares = [ana, ben].map(({ memberId }) => ({ memberId, parts: 1 }));
    await setShares(db, { clock }, { workId, shares, by: ana.memberId });
    expect(await findStanding(db, { clock }, mine)).toEqual({
      lacks: [],
      open: null,
      returned: null,
      pending: ["Ben Côté"],
    });
    await expect(
      submitWork(db, { clock, queue: scratch.queue }, { ...mine, personId: ben.personId }),
    ).rejects.toMatchObject({
      code: "not_found",
    });
    const first = await submitWork(db, { clock, queue: scratch.queue }, { ...mine, note: " Bonne lecture " });
    expect(await submitWork(db, { clock, queue: scratch.queue }, mine)).toEqual(first);
    expect(await findStudioWork(db, ana.personId, workId)).toMatchObject({
      state: "submitted",
      slug: "le-grand-large",
    });
    expect(await findStanding(db, { clock }, mine)).toMatchObject({
      open: { id: first.submissionId, note: "Bonne lecture" },
    });
    await expect(setPrice(db, { clock }, { ...mine, price: { kind: "free" } })).rejects.toMatchObject({
      code: "work_submitted",
    });
    expect(await withdrawSubmission(db, { clock }, mine)).toEqual({ withdrawn: true });
    expect(await withdrawSubmission(db, { clock }, mine)).toEqual({ withdrawn: false });
    expect(await findStudioWork(db, ana.personId, workId)).toMatchObject({ state: "draft" });
    const second = await submitWork(db, { clock, queue: scratch.queue }, mine);
    expect(second.submissionId).not.toBe(first.submissionId);
    await expect(withdrawWork(db, { clock }, mine)).rejects.toMatchObject({ code: "work_not_published" });
  });

  it("leaves the shop and keeps its address", async () => {
    const { db } = scratch;
    const { workId } = await start("book", "Sorti");
    const mine = { personId: ana.personId, workId };
    await db
      .updateTable("work")
      .set({ state: "published", published_at: clock.now() })
      .where("id", "=", workId)
      .execute();
    for (let i = 0; i < 2; i += 1) await withdrawWork(db, { clock }, mine);
    expect(await findStudioWork(db, ana.personId, workId)).toMatchObject({
      state: "withdrawn",
      slug: "sorti",
    });
    const written = await db
      .selectFrom("audit")
      .selectAll()
      .where("subject", "=", `work:${workId}`)
      .execute();
    expect(written).toHaveLength(1);
  });
});
