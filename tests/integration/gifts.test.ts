import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findParcel } from "#domain/delivery/parcel-queries.server.ts";
import { findHeldOfSale, findLibrary } from "#domain/library/queries.server.ts";
import { makePressCodes } from "#domain/offers/make-press-codes.server.ts";
import { pressCodesOf } from "#domain/offers/press-queries.server.ts";
import { stopPressCode } from "#domain/offers/stop-press-code.server.ts";
import { findTypedCode } from "#domain/offers/typed-code-queries.server.ts";
import type { GiftWish } from "#domain/sales/gift.ts";
import { findGift, giftOfSale } from "#domain/sales/gift-queries.server.ts";
import { openSale } from "#domain/sales/open-sale.server.ts";
import { readSale } from "#domain/sales/queries.server.ts";
import { redeemGift } from "#domain/sales/redeem-gift.server.ts";
import { redeemPressCode } from "#domain/sales/redeem-press-code.server.ts";
import { refundSale } from "#domain/sales/refund-sale.server.ts";
import { sweepGifts } from "#domain/sales/sweep-gifts.server.ts";
import { brokenChecks } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { giftLetter } from "#workers/mails/gift.ts";
import { advance, openMarket, pay } from "./market.ts";

// What is given: press copies and gifts. One right for one person, once, whatever happens at the same time.

let stage: Stage;
beforeAll(async () => {
  stage = await openMarket();
});
afterAll(async () => {
  expect(await brokenChecks(stage.db)).toEqual([]);
  await stage.close();
});

const by = (name: string) => stage.members.get(name)!.personId;
const wish: GiftWish = {
  name: "Léa",
  email: "lea@exemple.org",
  fromName: "Ana",
  note: "Pour tes soirs.\n\nA.",
  deliverAt: null,
};

async function give(works: string[], over: Partial<GiftWish> = {}, paid = true) {
  const { saleId } = await openSale(stage.db, stage.house, {
    saleId: v7(),
    email: "acheteuse@exemple.org",
    locale: "fr",
    lines: works.map((label) => ({ workId: stage.works.get(label)! })),
    gift: { ...wish, ...over },
    urls: (id) => ({ successUrl: `https://exemple.org/${id}`, cancelUrl: "https://exemple.org/" }),
  });
  if (paid) {
    await pay(stage, saleId);
    await drain(stage);
  }
  return { saleId, gift: await giftOfSale(stage.db, saleId) };
}
const redeem = (giftId: string, email = "lea@exemple.org") =>
  redeemGift(stage.db, stage.house, { giftId, email, personId: null });
const told = async (giftId: string) => (await findGift(stage.db, giftId))!.toldAt;
const rights = (saleId: string) =>
  stage.db
    .selectFrom("download_right")
    .innerJoin("sale_line", "sale_line.id", "download_right.sale_line_id")
    .select(["download_right.email", "download_right.ended_at"])
    .where("sale_line.sale_id", "=", saleId)
    .orderBy("sale_line.position")
    .execute();

describe("a gift", () => {
  it("is nobody's until it is redeemed, then of who redeemed it: the buyer keeps the receipt alone", async () => {
    const { saleId, gift } = await give(["L1", "M1"]);
    expect(await readSale(stage.db, saleId)).toMatchObject({ state: "paid", email: "acheteuse@exemple.org" });
    expect(await rights(saleId)).toEqual([]);
    await redeem(gift!.id);
    expect((await rights(saleId)).map(({ email }) => email)).toEqual(["lea@exemple.org", "lea@exemple.org"]);
    expect((await findHeldOfSale(stage.db, gift!.id)).map(({ title }) => title)).toEqual(["L1", "M1"]);
    expect(await findHeldOfSale(stage.db, saleId)).toEqual([]);
    const scope = (id: string) => ({ rightId: null, personId: null, saleId: id });
    expect(await findParcel(stage.db, scope(gift!.id))).toHaveLength(2);
    expect(await findParcel(stage.db, scope(saleId))).toEqual([]);
  });

  it("goes to the library of who has an account by that address", async () => {
    const { gift } = await give(["L2"]);
    const address = await stage.db
      .selectFrom("person")
      .select("email")
      .where("id", "=", by("eve"))
      .executeTakeFirstOrThrow();
    await redeem(gift!.id, address.email.toUpperCase());
    expect((await findLibrary(stage.db, by("eve"))).map(({ title }) => title)).toEqual(["L2"]);
  });

  it("opens once: of five who redeem it together one does, who may again", async () => {
    const { saleId, gift } = await give(["L1"]);
    const tried = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => redeem(gift!.id, `p${n}@exemple.org`)));
    expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const each of tried)
      if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "code_used" });
    const [right] = await rights(saleId);
    await redeem(gift!.id, right!.email);
    expect(await rights(saleId)).toHaveLength(1);
  });

  it("is told on its day and not before, once, and never where it was not paid or is open already", async () => {
    const soon = new Date(stage.clock.now().getTime() + 86_400_000);
    const { gift } = await give(["L1"], { deliverAt: soon });
    const unpaid = await give(["L1"], {}, false);
    const byHand = await give(["L1"]);
    expect(unpaid.gift).toBeNull();
    await redeem(byHand.gift!.id);
    await sweepGifts(stage.db, stage.house);
    expect(await told(gift!.id)).toBeNull();
    await advance(stage, 1500);
    await Promise.all([sweepGifts(stage.db, stage.house), sweepGifts(stage.db, stage.house)]);
    expect(await told(gift!.id)).toEqual(stage.clock.now());
    expect(await told(byHand.gift!.id)).toBeNull();
    const rung = await stage.db
      .selectFrom("gift")
      .select("id")
      .where("told_at", "is not", null)
      .where("sale_id", "=", unpaid.saleId)
      .execute();
    expect(rung).toEqual([]);
  });

  it("is taken with the refund, opened or not; what is left of it is still given", async () => {
    const opened = await give(["L1"]);
    await redeem(opened.gift!.id);
    await refundSale(stage.db, stage.house, { saleId: opened.saleId, askedBy: null });
    await drain(stage);
    expect((await rights(opened.saleId))[0]!.ended_at).not.toBeNull();
    expect((await findHeldOfSale(stage.db, opened.gift!.id))[0]!.files).toEqual([]);

    const closed = await give(["L1"]);
    await refundSale(stage.db, stage.house, { saleId: closed.saleId, askedBy: null });
    await drain(stage);
    await expect(redeem(closed.gift!.id)).rejects.toMatchObject({ code: "gift_refunded" });

    const half = await give(["L1", "L2"]);
    await refundSale(stage.db, stage.house, { saleId: half.saleId, lines: [1], askedBy: null });
    await drain(stage);
    await redeem(half.gift!.id);
    expect((await findHeldOfSale(stage.db, half.gift!.id)).map(({ title }) => title)).toEqual(["L2"]);
  });

  it("is refused in words where something is missing or its day is too far, and nothing is written", async () => {
    const far = new Date(stage.clock.now().getTime() + 400 * 86_400_000);
    for (const over of [{ name: " " }, { email: "x" }, { fromName: "" }, { deliverAt: far }])
      await expect(give(["L1"], over, false)).rejects.toMatchObject({ code: "gift_invalid" });
  });

  it("is written to who receives it with the note, escaped, and its code opens it", async () => {
    const { gift } = await give(["L1"], { note: "<b>Bonne</b> lecture" });
    const { html, text } = giftLetter(gift!, { access: "clef", publicUrl: "https://ventes.test" });
    expect(html).toContain("&lt;b&gt;Bonne&lt;/b&gt; lecture");
    expect(text).toContain("https://ventes.test/cadeau/clef");
    expect(text).toContain(gift!.code);
    expect(await findTypedCode(stage.db, gift!.code.toLowerCase())).toEqual({
      kind: "gift",
      giftId: gift!.id,
    });
  });
});

describe("a press code", () => {
  const make = (count = 1, name = "ana", work = "L1") =>
    makePressCodes(stage.db, stage.house, {
      workId: stage.works.get(work)!,
      count,
      label: "La revue",
      by: by(name),
    });
  const use = (code: string, email = "critique@exemple.org") =>
    redeemPressCode(stage.db, stage.house, { code, email, personId: null, locale: "fr" });

  it("opens its work for nothing, with a right and nothing in the books", async () => {
    const { codes } = await make();
    const before = await stage.db.selectFrom("entry").select("id").execute();
    const { saleId } = await use(` ${codes[0]!.toLowerCase()} `);
    await drain(stage);
    expect(await readSale(stage.db, saleId)).toMatchObject({ state: "claimed", total: 0 });
    expect((await findHeldOfSale(stage.db, saleId)).map(({ title }) => title)).toEqual(["L1"]);
    expect(await stage.db.selectFrom("entry").select("id").execute()).toHaveLength(before.length);
    expect((await pressCodesOf(stage.db, by("ana"))).find(({ code }) => code === codes[0])!.usedAt).toEqual(
      stage.clock.now(),
    );
  });

  it("is used once: of five together one opens it", async () => {
    const { codes } = await make();
    const tried = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => use(codes[0]!, `p${n}@exemple.org`)));
    expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const each of tried)
      if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "code_used" });
  });

  it("is of one's own published works, so many at once, and can be stopped while nobody used it", async () => {
    await expect(make(1, "dan")).rejects.toMatchObject({ code: "not_found" });
    await expect(make(0)).rejects.toMatchObject({ code: "press_count" });
    await expect(make(201)).rejects.toMatchObject({ code: "press_count" });
    const { codes } = await make(200);
    expect(new Set(codes).size).toBe(200);
    const first = (await pressCodesOf(stage.db, by("ana"))).find(({ code }) => code === codes[0]);
    await expect(
      stopPressCode(stage.db, stage.house, { pressCodeId: first!.id, by: by("dan") }),
    ).rejects.toMatchObject({ code: "not_found" });
    await stopPressCode(stage.db, stage.house, { pressCodeId: first!.id, by: by("ana") });
    await expect(use(first!.code)).rejects.toMatchObject({ code: "code_over" });
    await expect(use("RIEN-DE-TEL")).rejects.toMatchObject({ code: "code_unknown" });
  });
});
