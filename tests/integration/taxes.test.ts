import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { taxNumbersOf } from "#domain/coops/queries.server.ts";
import { setTaxNumbers } from "#domain/coops/set-tax-numbers.server.ts";
import { grantRole } from "#domain/membership/grant-role.server.ts";
import { priceCartNow } from "#domain/sales/price-cart.server.ts";
import { recordTaxes } from "#domain/sales/record-taxes.server.ts";
import { refundSale } from "#domain/sales/refund-sale.server.ts";
import { sweepTaxes } from "#domain/sales/sweep-taxes.server.ts";
import { brokenChecks } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { advance, open, openMarket, pay, sell } from "./market.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openMarket();
  stage.house.settings = { ...stage.house.settings, taxEngine: "stripe" };
});
afterAll(() => stage.close());

const priced = (works: string[], place: string | null) =>
  priceCartNow(stage.db, stage.house, {
    lines: works.map((work) => ({ workId: stage.works.get(work)! })),
    place,
    at: stage.clock.now(),
  });
const linesOf = async (saleId: string) => {
  const { rows } = await sql<{ title: string; code: string; percent: string; amount: number }>`
    select title, code, percent::float::text as percent, tax.amount from sale_line as line
    join sale_line_tax as tax on tax.sale_line_id = line.id where sale_id = ${saleId}
    order by line.position, tax.position`.execute(stage.db);
  return rows.map(({ title, code, percent, amount }) => `${title} ${code} ${percent} ${amount}`);
};
const saleOf = (saleId: string) =>
  stage.db.selectFrom("sale").selectAll().where("id", "=", saleId).executeTakeFirstOrThrow();
const atStripe = async () => (await stage.double.control.snapshot()).taxTransactions;
const taxAccounts = async () => {
  const { rows } = await sql<{ account: string; amount: number }>`
    select account, -sum(amount)::bigint as amount from posting where account like 'tax:%' group by 1 order by 1`.execute(
    stage.db,
  );
  return Object.fromEntries(rows.map(({ account, amount }) => [account, amount]));
};

test("Stripe says the taxes that the cart shows, by the place and the nature of the work", async () => {
  expect((await priced(["L1", "M1"], "CA-QC")).taxes).toEqual([
    { code: "tps", percent: "5.0", amount: 135 },
    { code: "tvq", percent: "9.975", amount: 270 },
  ]);
  await sql`update work set kind = 'album' where id = ${stage.works.get("M1")!}`.execute(stage.db);
  expect((await priced(["L1", "M1"], "FR")).taxes).toEqual([
    { code: "tva", percent: "5.5", amount: 83 },
    { code: "tva", percent: "20.0", amount: 240 },
  ]);
  expect((await priced(["L1"], "DE")).taxes).toEqual([]);
  expect((await priced(["L1"], null)).taxes).toEqual([]);
});

test("what was calculated is pinned line by line, paid, written down once at Stripe Tax, and owed in our books", async () => {
  const saleId = await sell(stage, ["L1", "M1"], { place: "CA-QC" });
  expect(await linesOf(saleId)).toEqual([
    "L1 tps 5 75",
    "L1 tvq 9.975 150",
    "M1 tps 5 60",
    "M1 tvq 9.975 120",
  ]);
  const sale = await saleOf(saleId);
  expect(sale).toMatchObject({ tax_engine: "stripe", total: 3105, tax_calculation: expect.any(String) });
  expect(await taxAccounts()).toEqual({ "tax:tps": 135, "tax:tvq": 270 });
  await recordTaxes(stage.db, stage.house, { saleId });
  const [written, ...others] = await atStripe();
  expect(others).toEqual([]);
  expect(written).toEqual({
    id: sale.tax_transaction,
    reference: `sale_${saleId}`,
    type: "transaction",
    lines: [
      [1500, 225],
      [1200, 180],
    ],
  });
});

test("a refund of one line, then of the rest, is taken back at Stripe Tax in the same amounts", async () => {
  const before = (await atStripe()).length;
  const saleId = await sell(stage, ["L1", "L2"], { place: "CA-QC" });
  await refundSale(stage.db, stage.house, { saleId, lines: [1], amount: 500, askedBy: null });
  await drain(stage);
  await refundSale(stage.db, stage.house, { saleId, askedBy: null });
  await drain(stage);
  await recordTaxes(stage.db, stage.house, { saleId });
  const [written, part, rest, ...others] = (await atStripe()).slice(before);
  expect(others).toEqual([]);
  // 500 of the 1725 of the line: 22 of its 75, 44 of its 150, by the largest remainder that posted them.
  expect(part?.lines).toEqual([[-434, -66]]);
  const sum = (of: number[][]) => of.flat().reduce((all, amount) => all + amount, 0);
  expect(sum([...part!.lines, ...rest!.lines])).toBe(-sum(written!.lines));
  expect(await taxAccounts()).toEqual({ "tax:tps": 135, "tax:tvq": 270 });
  expect(await brokenChecks(stage.db)).toEqual([]);
});

test("a sale refunded whole, and one lost to its bank, are taken back whole", async () => {
  const before = (await atStripe()).length;
  const refunded = await sell(stage, ["L2"], { place: "CA-ON" });
  await refundSale(stage.db, stage.house, { saleId: refunded, askedBy: null });
  await drain(stage);
  const disputed = await sell(stage, ["L2"], { place: "CA-ON" });
  const { stripe_session: session } = await saleOf(disputed);
  const { dispute } = await stage.double.control.dispute({ session: session!, inquiry: false });
  await drain(stage);
  await stage.double.control.disputeEnds({ dispute, how: "lost" });
  await drain(stage);
  const made = (await atStripe()).slice(before);
  expect(made.map(({ type, lines }) => [type, ...lines[0]!])).toEqual([
    ["transaction", 800, 104],
    ["reversal", -800, -104],
    ["transaction", 800, 104],
    ["reversal", -800, -104],
  ]);
  expect((await taxAccounts())["tax:tvh"]).toBe(0);
});

test("what no job told is found by the sweep", async () => {
  const { saleId } = await open(stage, ["L2"], { place: "CA-QC" });
  await pay(stage, saleId);
  await drain(stage);
  await stage.db.updateTable("sale").set({ tax_transaction: null }).where("id", "=", saleId).execute();
  await advance(stage, 11);
  await sweepTaxes(stage.db, stage.house);
  await drain(stage);
  // Asked again with the same key: the same transaction.
  expect((await saleOf(saleId)).tax_transaction).not.toBeNull();
  const references = (await atStripe()).map(({ reference }) => reference);
  expect(references.filter((reference) => reference === `sale_${saleId}`)).toHaveLength(1);
});

test("a cart without a Stripe that answers has no taxes yet, and is not sold", async () => {
  const stripe = stage.house.stripe;
  stage.house.stripe = {
    ...stripe,
    calculateTax: () => stripe.fetchCharge("ch_none").then(() => Promise.reject(new Error("never"))),
  };
  try {
    const cart = await priced(["L1"], "CA-QC");
    expect(cart.troubles.map(({ code }) => code)).toEqual(["payment_unavailable"]);
    await expect(open(stage, ["L1"], { place: "CA-QC" })).rejects.toMatchObject({
      code: "payment_unavailable",
    });
  } finally {
    stage.house.stripe = stripe;
  }
});

test("a co-op that gives its numbers collects those taxes from then on, and no others", async () => {
  stage.house.settings = { ...stage.house.settings, taxEngine: "table" };
  const by = stage.members.get("ana")!.personId;
  const coopId = stage.coops.get("A")!;
  const set = (numbers: { tps?: string; tvq?: string }) =>
    setTaxNumbers(stage.db, stage.house, { coopId, numbers, by });
  await expect(set({ tps: "1" })).rejects.toMatchObject({ code: "not_found" });
  await grantRole(stage.db, stage.house, { coopId, personId: by, role: "admin", by: null });
  await set({ tps: "12345 6789 RT0001", tvq: " " });
  expect(await taxNumbersOf(stage.db, coopId)).toEqual({ tps: "12345 6789 RT0001" });
  expect((await priced(["L2"], "CA-QC")).taxes.map(({ code, amount }) => [code, amount])).toEqual([
    ["tps", 40],
  ]);
  await set({});
  expect((await priced(["L2"], "CA-QC")).taxes).toEqual([]);
  await set({ tps: "12345 6789 RT0001", tvq: "1234567890 TQ0001" });
  expect((await priced(["L2"], "CA-QC")).total).toBe(920);
  stage.house.settings = { ...stage.house.settings, taxEngine: "stripe" };
});

test("a hundred works are calculated too, though an answer holds ten lines", async () => {
  const copies = Array.from({ length: 99 }, () => crypto.randomUUID());
  await sql`insert into work (id, coop_id, member_id, slug, kind, title, price, state, state_at, created_at, updated_at)
    select id, coop_id, member_id, 'w-' || id, kind, title, 100, state, state_at, created_at, updated_at from (
      select unnest(${copies}::uuid[]) as id, coop_id, member_id, kind, title, state, state_at, created_at, updated_at
      from work where id = ${stage.works.get("L2")!}) as given`.execute(stage.db);
  const cart = await priceCartNow(stage.db, stage.house, {
    lines: copies.map((workId) => ({ workId })),
    place: "CA-QC",
    at: stage.clock.now(),
  });
  expect(cart.taxes.map(({ amount }) => amount)).toEqual([99 * 5, 99 * 10]);
});
