import { v7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeCoupon, type NewCoupon } from "#domain/offers/make-coupon.server.ts";
import { stopCoupon } from "#domain/offers/stop-coupon.server.ts";
import { claimFree } from "#domain/sales/claim-free.server.ts";
import { discountOf } from "#domain/sales/discount-of.ts";
import { openSale } from "#domain/sales/open-sale.server.ts";
import { priceCartNow } from "#domain/sales/price-cart.server.ts";
import { readSale } from "#domain/sales/queries.server.ts";
import { sweepSales } from "#domain/sales/sweep-sales.server.ts";
import { brokenChecks } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { advance, openMarket, pay } from "./market.ts";
import { staffOf } from "./staff.ts";

// Coupons: what they take off, of whose works, how often, and what becomes of a use that nobody paid.

let stage: Stage;
let who: Awaited<ReturnType<typeof staffOf>>;
let code: string;
beforeAll(async () => {
  stage = await openMarket();
  who = await staffOf(stage);
});
beforeEach(() => {
  code = `C${v7().slice(-10)}`.toUpperCase();
});
afterAll(async () => {
  expect(await brokenChecks(stage.db)).toEqual([]);
  await stage.close();
});

const work = (label: string) => stage.works.get(label)!;
const ofA = (over: Partial<NewCoupon> = {}) =>
  makeCoupon(stage.db, stage.house, {
    code,
    off: { bp: 2000 },
    workIds: [],
    by: who.curatorA,
    whose: { coopId: stage.coops.get("A")! },
    ...over,
  });
const ofAna = (over: Partial<NewCoupon> = {}, member = "ana") =>
  makeCoupon(stage.db, stage.house, {
    code,
    off: { bp: 2000 },
    workIds: [],
    by: stage.members.get(member)!.personId,
    whose: { memberId: stage.members.get("ana")!.id },
    ...over,
  });
const order = (works: string[], more: { email?: string; typed?: string; saleId?: string } = {}) => ({
  email: more.email ?? "lectrice@exemple.org",
  locale: "fr" as const,
  lines: works.map((label) => ({ workId: work(label) })),
  coupon: more.typed ?? code,
  saleId: more.saleId ?? v7(),
});
const open = (...given: Parameters<typeof order>) =>
  openSale(stage.db, stage.house, {
    ...order(...given),
    urls: (saleId) => ({ successUrl: `https://exemple.org/${saleId}`, cancelUrl: "https://exemple.org/" }),
  });
const price = (works: string[], typed = code) =>
  priceCartNow(stage.db, stage.house, {
    lines: works.map((label) => ({ workId: work(label) })),
    coupon: typed,
    at: stage.clock.now(),
  });
const troubles = async (works: string[]) => (await price(works)).troubles.map((each) => each.code);

describe("what a coupon takes off", () => {
  it("is of its co-op's works alone, to the cent, and the sale is split on what is left", async () => {
    await ofA({ off: { bp: 3333 } });
    const { saleId } = await open(["L1", "M1", "L2"], { typed: ` ${code.toLowerCase()} ` });
    const lines = (await readSale(stage.db, saleId))!.lines.map(({ amount }) => amount);
    // 33,33 % of 2300 is 766,59 → 767, cut as 1500 and 800 are; M1 is of another co-op.
    expect(lines).toEqual([1500 - 500, 1200, 800 - 267]);
    await pay(stage, saleId);
    await drain(stage);
    const sale = (await readSale(stage.db, saleId))!;
    expect(sale).toMatchObject({ state: "paid", total: 2733, coupon: code });
    expect(discountOf(sale)).toBe(767);
    const parts = sale.lines.flatMap((line) => line.parts.map(({ amount }) => amount));
    expect(parts.reduce((all, each) => all + each, 0) + sale.fee!).toBe(2733);
  });

  it("is an amount as far as it goes, and of the chosen works only", async () => {
    await ofA({ off: { amount: 1000 }, workIds: [work("L2")] });
    const priced = await price(["L1", "L2"]);
    expect(priced.lines.map(({ amount }) => amount)).toEqual([1500, 0]);
    expect(priced).toMatchObject({ discount: 800, total: 1500, coupon: { code } });
  });

  it("never leaves a total that no card takes, unless it leaves nothing", async () => {
    await ofA({ off: { amount: 780 }, workIds: [work("L2")] });
    expect(await troubles(["L2"])).toEqual(["coupon_leaves_too_little"]);
    await expect(open(["L2"])).rejects.toMatchObject({ code: "coupon_leaves_too_little" });
    const whole = `${code}X`;
    await ofA({ code: whole, off: { bp: 10_000 } });
    const { saleId } = await claimFree(stage.db, stage.house, order(["L2"], { typed: whole }));
    expect(await readSale(stage.db, saleId)).toMatchObject({ state: "claimed", total: 0, coupon: whole });
  });

  it("of an artist touches no work of another, of the same co-op too", async () => {
    await ofAna();
    await expect(ofAna({ code: "AUTRE", workIds: [work("M1")] })).rejects.toMatchObject({
      code: "coupon_invalid",
    });
    expect(await troubles(["M1"])).toEqual(["coupon_elsewhere"]);
    expect((await price(["L1", "M1"])).discount).toBe(300);
  });
});

describe("when it is refused", () => {
  it("says why: unknown, to come, over, stopped, elsewhere; nobody is charged more than was promised", async () => {
    expect(await troubles(["L1"])).toEqual(["coupon_unknown"]);
    const at = (days: number) => new Date(stage.clock.now().getTime() + days * 86_400_000);
    const { couponId } = await ofA({ startsAt: at(1), endsAt: at(3) });
    expect(await troubles(["L1"])).toEqual(["coupon_to_come"]);
    await expect(open(["L1"])).rejects.toMatchObject({ code: "coupon_to_come" });
    await advance(stage, 2 * 1440);
    expect(await troubles(["L1"])).toEqual([]);
    expect(await troubles(["M1"])).toEqual(["coupon_elsewhere"]);
    await stopCoupon(stage.db, stage.house, { couponId, by: who.curatorA });
    expect(await troubles(["L1"])).toEqual(["coupon_over"]);
    const past = `${code}P`;
    await ofA({ code: past, endsAt: at(1) });
    await advance(stage, 1440);
    await expect(open(["L1"], { typed: past })).rejects.toMatchObject({ code: "coupon_over" });
  });

  it("by the last use: of ten who open at once two do, and one that expires frees its use", async () => {
    await ofA({ mostUses: 2 });
    const tried = await Promise.allSettled(
      Array.from({ length: 10 }, (_, i) => open(["L1"], { email: `p${i}@exemple.org` })),
    );
    const opened = tried.flatMap((each) => (each.status === "fulfilled" ? [each.value.saleId] : []));
    expect(opened).toHaveLength(2);
    for (const each of tried)
      if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "coupon_used_up" });
    await pay(stage, opened[0]!);
    await drain(stage);
    await advance(stage, 40);
    await sweepSales(stage.db, stage.house, { everything: true });
    await drain(stage);
    const { saleId } = await open(["L1"], { email: "patiente@exemple.org" });
    expect(saleId).toBeTruthy();
    await expect(open(["L1"], { email: "tard@exemple.org" })).rejects.toMatchObject({
      code: "coupon_used_up",
    });
  });

  it("by the last use of one buyer, who may turn back from the payment page and pay once", async () => {
    await ofA({ mostEach: 1 });
    const first = await open(["L1"]);
    const second = await open(["L1", "L2"], { email: "LECTRICE@exemple.org" });
    expect(await readSale(stage.db, first.saleId)).toMatchObject({ state: "expired" });
    await pay(stage, second.saleId);
    await drain(stage);
    await expect(open(["L1"])).rejects.toMatchObject({ code: "coupon_used_by_you" });
    expect((await open(["L1"], { email: "autre@exemple.org" })).saleId).toBeTruthy();
  });
});

describe("who makes and stops it", () => {
  it("is an artist for their own studio, a curator or admin for their co-op, and nobody else", async () => {
    await expect(ofAna({}, "dan")).rejects.toMatchObject({ code: "not_found" });
    for (const by of [who.treasurerA, who.adminB])
      await expect(
        makeCoupon(stage.db, stage.house, {
          ...{ code, off: { bp: 100 }, workIds: [], by },
          whose: { coopId: stage.coops.get("A")! },
        }),
      ).rejects.toMatchObject({ code: "not_found" });
    const { couponId } = await ofAna();
    for (const by of [who.treasurerA, who.adminB, stage.members.get("dan")!.personId])
      await expect(stopCoupon(stage.db, stage.house, { couponId, by })).rejects.toMatchObject({
        code: "not_found",
      });
    await stopCoupon(stage.db, stage.house, { couponId, by: stage.members.get("ana")!.personId });
  });

  it("bears a code once in the house, and says what holds", async () => {
    await ofA();
    await expect(ofAna({ code: code.toLowerCase() })).rejects.toMatchObject({ code: "coupon_taken" });
    const bad: Partial<NewCoupon>[] = [
      { code: "A!" },
      { off: { bp: 0 } },
      { off: { bp: 10_001 } },
      { off: { amount: 0 } },
      { endsAt: stage.clock.now() },
    ];
    for (const over of bad)
      await expect(ofA({ code: `${code}B`, ...over })).rejects.toMatchObject({ code: "coupon_invalid" });
  });
});
