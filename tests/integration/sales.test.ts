import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessOf, saleOfAccess } from "#domain/sales/access-link.ts";
import { claimFree } from "#domain/sales/claim-free.server.ts";
import { priceCartNow } from "#domain/sales/price-cart.server.ts";
import { findSaleForStaff, readSale } from "#domain/sales/queries.server.ts";
import { earningsByWork, salesOfMember } from "#domain/sales/seller-queries.server.ts";
import { brokenChecks } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { advance, open, openMarket, pay, sell } from "./market.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openMarket();
});
afterAll(async () => {
  expect(await brokenChecks(stage.db)).toEqual([]);
  await stage.close();
});

const setPrice = (work: string, price: number) =>
  stage.db.updateTable("work").set({ price }).where("id", "=", stage.works.get(work)!).execute();
const sessions = async () => (await stage.double.control.snapshot()).sessions.length;

test("a price that changed since the cart was shown is refused: no sale, no page at Stripe", async () => {
  const before = {
    sales: (await stage.db.selectFrom("sale").select("id").execute()).length,
    sessions: await sessions(),
  };
  await setPrice("L1", 1800);
  await expect(open(stage, [{ work: "L1", price: 1500 }])).rejects.toMatchObject({
    code: "price_changed",
    details: { title: "L1" },
  });
  expect((await stage.db.selectFrom("sale").select("id").execute()).length).toBe(before.sales);
  expect(await sessions()).toBe(before.sessions);
  const cart = await priceCartNow(stage.db, stage.house, {
    lines: [{ workId: stage.works.get("L1")!, price: 1500 }],
    place: "CA-QC",
    at: stage.clock.now(),
  });
  expect(cart).toMatchObject({
    total: 2070,
    lines: [{ shown: 1500, unitPrice: 1800 }],
    taxes: [{ amount: 90 }, { amount: 180 }],
  });
  await setPrice("L1", 1500);
});

test("a price that changes after the page was opened changes nothing for who pays it", async () => {
  const { saleId } = await open(stage, [{ work: "L1", price: 1500 }]);
  await setPrice("L1", 1800);
  await pay(stage, saleId);
  await drain(stage);
  await setPrice("L1", 1500);
  expect(await readSale(stage.db, saleId)).toMatchObject({ state: "paid", total: 1500, fee: 74 });
});

test("a form sent five times at once is one sale and one page", async () => {
  const saleId = v7();
  const before = await sessions();
  const opened = await Promise.all(Array.from({ length: 5 }, () => open(stage, ["L1"], { saleId })));
  expect(new Set(opened.map((each) => each.url)).size).toBe(1);
  expect(await sessions()).toBe(before + 1);
  await advance(stage, 31);
  await expect(open(stage, ["L1"], { saleId })).rejects.toMatchObject({ code: "session_expired" });
});

test("Stripe cuts the line after it opened the page: the same page is found by its key", async () => {
  const before = await sessions();
  await stage.double.control.fault({ on: "session", fault: "drop_after" });
  await open(stage, ["L1"]);
  expect(await sessions()).toBe(before + 1);
});

test("Stripe does not answer: the buyer is told, and nothing is for sale twice", async () => {
  await stage.double.control.fault({ on: "session", fault: "drop_before", times: "always" });
  await expect(open(stage, ["L1"])).rejects.toMatchObject({ code: "payment_unavailable" });
  await stage.double.control.clearFaults();
});

test("a work without a share list cannot be sold for money", async () => {
  const id = v7();
  const like = await stage.db
    .selectFrom("work")
    .selectAll()
    .where("id", "=", stage.works.get("L2")!)
    .executeTakeFirstOrThrow();
  await stage.db
    .insertInto("work")
    .values({
      ...like,
      id,
      slug: "sans-parts",
      subjects: "[]",
      contents: "[]",
      description: "{}",
      series: null,
      accessibility: null,
    })
    .execute();
  stage.works.set("sans-parts", id);
  await expect(open(stage, ["sans-parts"])).rejects.toMatchObject({ code: "work_withdrawn" });
});

test("the receipt says where each dollar went, and only who may see it does", async () => {
  const saleId = await sell(stage, ["L1", "M1"], { place: "CA-QC", email: "Lectrice@Exemple.org " });
  const receipt = (await readSale(stage.db, saleId))!;
  expect(receipt).toMatchObject({
    email: "lectrice@exemple.org",
    total: 3105,
    taxes: [
      { code: "tps", amount: 135 },
      { code: "tvq", amount: 270 },
    ],
  });
  const went = receipt.lines.map(
    (line) => line.feePart! + line.parts.reduce((all, part) => all + part.amount, 0),
  );
  expect(went).toEqual([1500, 1200]);
  expect(receipt.lines[0]!.parts.map((part) => part.memberName ?? part.fund)).toEqual([
    "operating",
    "solidarity",
    "ana",
    "benoit",
    "chloe",
  ]);
  expect(receipt.lines.every((line) => line.rightId)).toBe(true);

  const { db, house } = stage;
  const { sessionSecret: secret } = house.settings;
  expect(saleOfAccess(secret, accessOf(secret, saleId))).toBe(saleId);
  expect(saleOfAccess(secret, accessOf(secret, v7()).replace(/^[^.]+/, saleId))).toBeNull();
  expect(saleOfAccess(secret, "not-an-id.x")).toBeNull();

  const { personId } = stage.members.get("dan")!;
  const [sale] = await salesOfMember(db, personId);
  const { feePart, toOperating, toSolidarity, toReserve, toPool, toOthers, toMember } = sale!;
  expect(feePart! + toOperating + toSolidarity + toReserve + toPool + toOthers + toMember).toBe(1200);
  expect((await earningsByWork(db, personId))[0]).toMatchObject({
    title: "M1",
    copies: 1,
    sold: 1200,
    toMember,
  });

  const coopB = stage.coops.get("B")!;
  expect(await findSaleForStaff(db, personId, saleId)).toBeNull();
  await db
    .insertInto("coop_role")
    .values({ coop_id: coopB, person_id: personId, role: "treasurer", granted_at: stage.clock.now() })
    .execute();
  expect(await findSaleForStaff(db, personId, saleId)).not.toBeNull();
});

test("free works are claimed: rights and a receipt, no page at Stripe, nothing in the books", async () => {
  await setPrice("L2", 0);
  const before = {
    sessions: await sessions(),
    entries: (await stage.db.selectFrom("entry").select("id").execute()).length,
  };
  const saleId = v7();
  const order = {
    saleId,
    email: "lectrice@exemple.org",
    locale: "fr" as const,
    lines: [{ workId: stage.works.get("L2")! }],
  };
  await Promise.all([1, 2, 3].map(() => claimFree(stage.db, stage.house, order)));
  await claimFree(stage.db, stage.house, order);
  await drain(stage);
  expect(await readSale(stage.db, saleId)).toMatchObject({
    state: "claimed",
    total: 0,
    lines: [{ rightId: expect.any(String) }],
  });
  expect(await sessions()).toBe(before.sessions);
  expect((await stage.db.selectFrom("entry").select("id").execute()).length).toBe(before.entries);
  await setPrice("L2", 800);
});

test("twelve sales at once, of the same works in both orders: no deadlock, every stage exact", async () => {
  const carts = Array.from({ length: 12 }, (_, i) => (i % 2 ? ["L1", "M1"] : ["M1", "L1"]));
  const opened = await Promise.all(carts.map((works) => open(stage, works)));
  await Promise.all(opened.map(({ saleId }) => pay(stage, saleId)));
  const { settleSale } = await import("#domain/sales/settle-sale.server.ts");
  const { splitSale } = await import("#domain/sales/split-sale.server.ts");
  const { sendParts } = await import("#domain/payouts/send-parts.server.ts");
  await Promise.all(
    opened.map(async ({ saleId }) => {
      await settleSale(stage.db, stage.house, { saleId });
      await splitSale(stage.db, stage.house, { saleId });
      await sendParts(stage.db, stage.house, { saleId });
    }),
  );
  await drain(stage);
  const transfers = await stage.db
    .selectFrom("transfer")
    .select("state")
    .where(
      "sale_id",
      "in",
      opened.map((each) => each.saleId),
    )
    .execute();
  expect(transfers).toHaveLength(12 * 7);
  expect(new Set(transfers.map((transfer) => transfer.state))).toEqual(new Set(["sent"]));
}, 120_000);
