import { v7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { setPrice } from "#domain/catalogue/set-price.server.ts";
import { agreeToBundle } from "#domain/offers/agree-bundle.server.ts";
import { bundlesOfWork, findBundle } from "#domain/offers/bundle-queries.server.ts";
import { endBundle } from "#domain/offers/end-bundle.server.ts";
import { makeBundle } from "#domain/offers/make-bundle.server.ts";
import { makeCoupon } from "#domain/offers/make-coupon.server.ts";
import { openSale } from "#domain/sales/open-sale.server.ts";
import { priceCartNow } from "#domain/sales/price-cart.server.ts";
import { readSale } from "#domain/sales/queries.server.ts";
import { brokenChecks } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { openMarket, pay } from "./market.ts";
import { staffOf } from "./staff.ts";

// Works sold together across artists and co-ops: one price, each line shared by its own rule.

let stage: Stage;
let who: Awaited<ReturnType<typeof staffOf>>;
let bundle: { bundleId: string; slug: string };
const work = (label: string) => ({ id: stage.works.get(label)! });
const make = (over: Partial<Parameters<typeof makeBundle>[2]> = {}) =>
  makeBundle(stage.db, stage.house, {
    coopId: stage.coops.get("A")!,
    by: who.curatorA,
    title: "L’automne",
    about: "",
    price: 3000,
    works: [work("L1"), work("L2"), work("M1")],
    ...over,
  });
const price = (works: string[], more: object = {}) =>
  priceCartNow(stage.db, stage.house, {
    lines: works.map((label) => ({ workId: work(label).id })),
    at: stage.clock.now(),
    ...more,
  });
const open = (works: string[], more: { coupon?: string; bundleIds?: string[] } = {}) =>
  openSale(stage.db, stage.house, {
    saleId: v7(),
    email: "lectrice@exemple.org",
    locale: "fr",
    lines: works.map((label) => ({ workId: work(label).id })),
    urls: (id) => ({ successUrl: `https://exemple.org/${id}`, cancelUrl: "https://exemple.org/" }),
    ...more,
  });

beforeAll(async () => {
  stage = await openMarket();
  who = await staffOf(stage);
});
afterAll(async () => {
  expect(await brokenChecks(stage.db)).toEqual([]);
  await stage.close();
});

it("is sold once the desks of all its works agree, and not before", async () => {
  bundle = await make();
  expect(await findBundle(stage.db, bundle.slug)).toBeNull();
  expect((await price(["L1", "L2", "M1"])).total).toBe(3500);
  await expect(
    agreeToBundle(stage.db, stage.house, { bundleId: bundle.bundleId, by: who.treasurerA }),
  ).rejects.toMatchObject({ code: "not_found" });
  await agreeToBundle(stage.db, stage.house, { bundleId: bundle.bundleId, by: who.adminB });
  expect((await findBundle(stage.db, bundle.slug))!.works.map(({ title }) => title)).toEqual([
    "L1",
    "L2",
    "M1",
  ]);
  expect((await bundlesOfWork(stage.db, "m1")).map(({ slug }) => slug)).toEqual([bundle.slug]);
});

it("takes effect where all its works are, to the cent, and each line is split by its own rule", async () => {
  expect((await price(["L1", "M1"])).total).toBe(2700);
  const { saleId } = await open(["M1", "L1", "L2"]);
  await pay(stage, saleId);
  await drain(stage);
  const sale = (await readSale(stage.db, saleId))!;
  // 3000 over 1500, 800 and 1200: 1285,71, 685,71, 1028,57; the two cents go to the largest remainders.
  expect(sale.lines.map(({ title, amount }) => [title, amount])).toEqual([
    ["M1", 1028],
    ["L1", 1286],
    ["L2", 686],
  ]);
  expect(sale).toMatchObject({ total: 3000, bundles: ["L’automne"] });
  for (const line of sale.lines)
    expect(line.parts.reduce((all, { amount }) => all + amount, line.feePart!)).toBe(line.amount);
  expect(
    sale.lines[0]!.parts.filter(({ memberName }) => memberName).map(({ memberName }) => memberName),
  ).toEqual(["dan", "eve", "farid"]);
});

it("leaves to a coupon what it leaves", async () => {
  await makeCoupon(stage.db, stage.house, {
    ...{ code: "MOITIE", off: { bp: 5000 }, workIds: [] },
    ...{ by: who.adminB, whose: { coopId: stage.coops.get("B")! } },
  });
  const priced = await price(["L1", "L2", "M1"], { coupon: "moitie" });
  expect(priced).toMatchObject({ discount: 514, total: 2486, bundles: [{ saved: 500 }] });
});

it("that ended, or lost a work, is told to who was shown its price, and charged to nobody", async () => {
  const shown = [bundle.bundleId];
  await stage.db.updateTable("work").set({ state: "withdrawn" }).where("id", "=", work("L2").id).execute();
  expect(await findBundle(stage.db, bundle.slug)).toBeNull();
  await stage.db.updateTable("work").set({ state: "published" }).where("id", "=", work("L2").id).execute();
  await expect(
    endBundle(stage.db, stage.house, { bundleId: bundle.bundleId, by: who.treasurerA }),
  ).rejects.toMatchObject({ code: "not_found" });
  await endBundle(stage.db, stage.house, { bundleId: bundle.bundleId, by: who.adminB });
  await expect(open(["L1", "L2", "M1"], { bundleIds: shown })).rejects.toMatchObject({ code: "bundle_over" });
  expect((await price(["L1", "L2", "M1"])).total).toBe(3500);
});

it("is made of two works or more of the shop at fixed prices, one's own among them, for less than apart", async () => {
  const bad: Parameters<typeof make>[0][] = [
    { works: [work("L1")] },
    { works: [work("L1"), work("L1")] },
    { works: [work("L1"), { slug: "rien" }] },
    { works: [work("M1"), { id: v7() }] },
    { price: 3500 },
    { price: 49 },
    { title: " " },
  ];
  for (const over of bad) await expect(make(over)).rejects.toMatchObject({ code: "bundle_invalid" });
  await expect(make({ by: who.adminB })).rejects.toMatchObject({ code: "not_found" });
  const personId = stage.members.get("ana")!.personId;
  const open2 = { kind: "open" as const, floor: 100, suggested: null };
  await setPrice(stage.db, stage.house, { personId, workId: work("L2").id, price: open2 });
  await expect(make()).rejects.toMatchObject({ code: "bundle_invalid" });
  expect((await make({ works: [work("L1"), { slug: "m1" }], price: 2000 })).slug).toBe("l-automne-2");
});
