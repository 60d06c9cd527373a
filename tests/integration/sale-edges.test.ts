import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setPrice } from "#domain/catalogue/set-price.server.ts";
import { withdrawWork } from "#domain/catalogue/withdraw-work.server.ts";
import type { RuleSteps } from "#domain/governance/rule.ts";
import { type Part, shareLine } from "#domain/revenue/allocate.ts";
import { setShares } from "#domain/revenue/set-shares.server.ts";
import { putInCart } from "#domain/sales/cart.ts";
import { sweepSales } from "#domain/sales/sweep-sales.server.ts";
import { money } from "#i18n/formats.ts";
import { brokenChecks } from "#tests/database.ts";
import { drain, tick } from "#tests/stories/drain.ts";
import type { Story, StoryRule } from "#tests/stories/format.ts";
import { type Stage, setStage } from "#tests/stories/stage.ts";
import { advance, open, pay, sell } from "./market.ts";

// The edges of a sale: limits, quantities, currencies, works that change or go while somebody pays.

const sixty = Array.from({ length: 60 }, (_, i) => `m${String(i + 1).padStart(2, "0")}`);
const parts = (...all: [string, number][]) => all.map(([member, share]) => ({ member, parts: share }));
const three = parts(["ana", 50], ["benoit", 30], ["chloe", 20]);
const steps: RuleSteps = [
  { kind: "fee", borne_by: "all" },
  { kind: "percent", bp: 1000, to: "operating" },
  { kind: "percent", bp: 200, to: "solidarity" },
  { kind: "shares" },
];
const rule = (id: string, coop: string): StoryRule => ({
  id,
  coop,
  steps,
  from: "2026-01-01T00:00:00-05:00",
  voted: "2025-12-10T19:00:00-05:00",
});
const story: Story = {
  name: "edges",
  title: "The edges of a sale",
  start: "2026-03-02T10:00:00-05:00",
  currency: "cad",
  coops: [
    { id: "A", account: "platform" },
    { id: "B", account: "active" },
  ],
  members: [
    ...["ana", "benoit", "chloe", "dan"].map((id) => ({ id, account: "active" as const })),
    // Some of the sixty can be sent money: enough to see that nobody is sent nothing.
    ...sixty.map((id, i) => ({ id, account: i % 10 === 0 ? ("active" as const) : ("none" as const) })),
  ],
  rules: [rule("R1", "A"), rule("RB", "B")],
  works: [
    { id: "L1", coop: "A", price: 1500, shares: three },
    { id: "L700", coop: "A", price: 700, shares: three },
    { id: "L2", coop: "A", price: 1000, shares: parts(["ana", 1]) },
    { id: "Large", coop: "A", price: 999_999, shares: three },
    { id: "Largest", coop: "A", price: 99_999_999, shares: three },
    { id: "Open", coop: "A", min: 0, shares: three },
    { id: "Free", coop: "A", price: 0, shares: parts(["ana", 1]) },
    { id: "Yen", coop: "A", price: 1500, currency: "jpy", shares: three },
    { id: "X60", coop: "A", price: 50, shares: sixty.map((member) => ({ member, parts: 1 })) },
    { id: "M1", coop: "B", price: 1200, shares: parts(["dan", 1]) },
    { id: "M3", coop: "B", price: 900, shares: parts(["ana", 1], ["dan", 2]) },
  ],
  taxes: [
    { id: "tps", place: "CA-QC", percent: "5" },
    { id: "tvq", place: "CA-QC", percent: "9.975" },
  ],
  steps: [],
};

let stage: Stage;
beforeAll(async () => {
  stage = await setStage(story);
});
afterAll(async () => {
  expect(await brokenChecks(stage.db)).toEqual([]);
  await stage.close();
});

const labelOf = (account: string) => {
  for (const [label, { id }] of stage.members) if (account === `member:${id}`) return label;
  for (const [label, id] of stage.coops)
    if (account.includes(id)) return account.replace(`coop:${id}`, label);
  return account;
};
/** What the split of a sale gave, by who received it. */
async function given(saleId: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ account: string; amount: number }>`
    select account, -amount as amount from posting join entry on entry.id = posting.entry_id
    where entry.sale_id = ${saleId} and entry.kind = 'split' and amount < 0`.execute(stage.db);
  return Object.fromEntries(rows.map(({ account, amount }) => [labelOf(account), amount]));
}
/** The same by the rule itself, for a work that sells for the first time. */
function expected(amount: number, fee: number, shares = three): Record<string, number> {
  const members = shares.map(({ member, parts: share }) => ({ memberId: member, parts: share }));
  const counters = { 1: 0, 2: 0, 3: 0 };
  const line = { amount, feePart: fee, steps, shares: members, poolDue: 0, counters };
  const nameOf = ({ to }: Part) => ("fund" in to ? `A:${to.fund}` : "memberId" in to ? to.memberId : "pool");
  const shared = shareLine(line).parts.map((part) => [nameOf(part), part.amount] as const);
  return { stripe: fee, ...Object.fromEntries(shared.filter(([, each]) => each > 0)) };
}
const sessions = async () => (await stage.double.control.snapshot()).sessions;
const transfersOf = async (saleId: string) => {
  const { rows } = await sql<{ destination: string; amount: number }>`
    select destination, amount from transfer where sale_id = ${saleId} and state = 'sent' order by amount`.execute(
    stage.db,
  );
  return rows.map(({ destination, amount }) => [labelOf(destination), amount]);
};
const saleOf = (saleId: string) =>
  stage.db.selectFrom("sale").selectAll().where("id", "=", saleId).executeTakeFirstOrThrow();
const feeParts = async (saleId: string) =>
  (
    await stage.db
      .selectFrom("sale_line")
      .select("fee_part")
      .where("sale_id", "=", saleId)
      .orderBy("position")
      .execute()
  ).map(({ fee_part }) => fee_part);

test("S07, S09: 1 to 49 cents is no price, for who sells and for who names it; 50 sells, 0 is taken for nothing", async () => {
  const { personId } = stage.members.get("ana")!;
  const price = { kind: "fixed" as const, amount: 49 };
  await expect(
    setPrice(stage.db, stage.house, { personId, workId: stage.works.get("L2")!, price }),
  ).rejects.toMatchObject({ code: expect.stringMatching(/^price_/) });
  const before = (await sessions()).length;
  for (const named of [1, 49])
    await expect(open(stage, [{ work: "Open", price: named }])).rejects.toMatchObject({
      code: "price_below_minimum",
    });
  await expect(open(stage, [{ work: "Open", price: 0 }])).rejects.toMatchObject({ code: "nothing_to_pay" });
  expect(await sessions()).toHaveLength(before);
  const saleId = await sell(stage, [{ work: "Open", price: 50 }]);
  expect(await given(saleId)).toEqual(expected(50, 31));
});

test("S10: nearly ten thousand dollars are shared to the cent", async () => {
  const saleId = await sell(stage, ["Large"]);
  expect(await given(saleId)).toEqual(expected(999_999, 29_030));
});

test("S11: nine digits are refused before any page", async () => {
  const before = (await sessions()).length;
  await expect(open(stage, ["Largest", "L1"])).rejects.toMatchObject({ code: "amount_above_maximum" });
  await expect(open(stage, [{ work: "L1", quantity: 66_667 }])).rejects.toMatchObject({
    code: "amount_above_maximum",
  });
  expect(await sessions()).toHaveLength(before);
});

test("S13: more contributors than cents: some get one, the others none, and nobody is sent 0", async () => {
  const first = await sell(stage, ["X60"]);
  const got = await given(first);
  expect(Object.values(got).reduce((all, each) => all + each, 0)).toBe(50);
  expect(sixty.filter((member) => got[member] !== undefined)).toHaveLength(19 - (got["A:operating"] ?? 0));
  const second = await sell(stage, ["X60"]);
  const sent = [...(await transfersOf(first)), ...(await transfersOf(second))];
  expect(sent.every(([, amount]) => amount === 1)).toBe(true);
  const both = await given(second);
  // Who had none in the first sale comes first in the second.
  for (const member of sixty) expect((got[member] ?? 0) + (both[member] ?? 0)).toBeLessThanOrEqual(1);
});

test("S14: three copies in one line give what one line of their price would, and three rights", async () => {
  const saleId = await sell(stage, [{ work: "L700", quantity: 3 }]);
  expect(await given(saleId)).toEqual(expected(2100, 91));
  const { copies } = await stage.db
    .selectFrom("download_right")
    .innerJoin("sale_line", "sale_line.id", "download_right.sale_line_id")
    .select("copies")
    .where("sale_id", "=", saleId)
    .executeTakeFirstOrThrow();
  expect(copies).toBe(3);
});

test("S15: a foreign card costs more, and the parts follow the fee that Stripe took", async () => {
  const { saleId } = await open(stage, ["L1"]);
  const { stripe_session: session } = await saleOf(saleId);
  await stage.double.control.pay({ session: session!, card: "foreign" });
  await drain(stage);
  expect(await saleOf(saleId)).toMatchObject({ fee: 86 });
  expect(await given(saleId)).toEqual(expected(1500, 86));
});

test("S17: yen have no cents: Stripe is asked 1500, pages say 1 500 ¥, and the books keep what it brought", async () => {
  const { saleId } = await open(stage, ["Yen"]);
  const { stripe_session: session } = await saleOf(saleId);
  const page = (await sessions()).find(({ id }) => id === session);
  expect(page).toMatchObject({ amountTotal: 1500, currency: "jpy" });
  expect(money("fr", 1500, "jpy").replaceAll(/\s/g, " ")).toBe("1 500 ¥");
  expect(money("en", 1500, "jpy")).toBe("¥1,500");
  await pay(stage, saleId, "later");
  await drain(stage);
  await stage.double.control.feeKnown({ session: session!, fee: 75, settled: 1389 });
  await drain(stage);
  expect(await saleOf(saleId)).toMatchObject({ total: 1500, settled: 1389, fee: 75 });
  expect(await given(saleId)).toEqual(expected(1389, 75));
});

test("S21: the same person in lines of two co-ops has one transfer", async () => {
  const saleId = await sell(stage, ["L2", "M3"]);
  const got = await given(saleId);
  expect((await feeParts(saleId)).reduce<number>((all, each) => all + (each ?? 0), 0)).toBe(85);
  const ana = (await transfersOf(saleId)).filter(([who]) => who === "ana");
  expect(ana).toEqual([["ana", got.ana]]);
});

test("S22: two co-ops in Québec: taxes line by line, the fee by what each line charged with them", async () => {
  const saleId = await sell(stage, ["L1", "M1"], { place: "CA-QC" });
  // 1725 and 1380 of 3105; the fee is 90 + 30.
  expect(await saleOf(saleId)).toMatchObject({ total: 3105, fee: 120 });
  expect(await feeParts(saleId)).toEqual([67, 53]);
  const { rows } = await sql<{ code: string; amount: number }>`
    select code, tax.amount from sale_line_tax as tax join sale_line on sale_line.id = tax.sale_line_id
    where sale_id = ${saleId} order by sale_line.position, tax.position`.execute(stage.db);
  expect(rows.map(({ code, amount }) => [code, amount])).toEqual([
    ["tps", 75],
    ["tvq", 150],
    ["tps", 60],
    ["tvq", 120],
  ]);
});

test("S23: a free line beside a paid one bears nothing, posts nothing, and gives its right", async () => {
  const saleId = await sell(stage, ["Free", "L2"]);
  const [free, paid] = await feeParts(saleId);
  expect([free ?? 0, paid]).toEqual([0, 59]);
  const { rows } = await sql<{ position: number; parts: number; rights: number }>`
    select line.position, (select count(*)::integer from split_part where sale_line_id = line.id) as parts,
      (select count(*)::integer from download_right where sale_line_id = line.id and ended_at is null) as rights
    from sale_line as line where sale_id = ${saleId} order by position`.execute(stage.db);
  expect(rows).toEqual([
    { position: 1, parts: 0, rights: 1 },
    { position: 2, parts: 3, rights: 1 },
  ]);
});

test("S25: a hundred works are one payment; one more is refused, in the cart and at the checkout", async () => {
  const copies = Array.from({ length: 101 }, () => v7());
  await sql`insert into work (id, coop_id, member_id, slug, kind, title, price, state, state_at, created_at, updated_at)
    select given.id, coop_id, member_id, 'w-' || given.id, kind, 'W', 100, state, state_at, created_at, updated_at
    from work, unnest(${copies}::uuid[]) as given (id) where work.id = ${stage.works.get("L2")!}`.execute(
    stage.db,
  );
  await sql`insert into share_list (id, work_id, in_force_from, created_at)
    select id, id, ${stage.clock.now()}, ${stage.clock.now()} from unnest(${copies}::uuid[]) as given (id)`.execute(
    stage.db,
  );
  await sql`insert into share (share_list_id, member_id, parts, position)
    select id, ${stage.members.get("ana")!.id}, 1, 1 from unnest(${copies}::uuid[]) as given (id)`.execute(
    stage.db,
  );
  copies.forEach((id, i) => {
    stage.works.set(`W${i}`, id);
  });
  const names = copies.map((_, i) => `W${i}`);
  await expect(open(stage, names)).rejects.toMatchObject({ code: "too_many_lines" });
  const full = { lines: copies.slice(0, 100).map((workId) => ({ workId, quantity: 1, price: 100 })) };
  expect(() => putInCart(full, { workId: copies[100]!, price: 100 })).toThrow(
    expect.objectContaining({ code: "too_many_lines" }),
  );
  const saleId = await sell(stage, names.slice(0, 100), { place: "CA-QC" });
  expect(await saleOf(saleId)).toMatchObject({ total: 100 * 115, state: "paid" });
  expect((await given(saleId)).ana).toBeGreaterThan(8000);
});

test("S27: withdrawn while a page is open: it is closed at Stripe; what was paid before stands", async () => {
  const unpaid = await open(stage, ["L700"]);
  const paid = await open(stage, ["L700"]);
  await stage.double.control.events({ mode: "hold" });
  await pay(stage, paid.saleId);
  const { personId } = stage.members.get("ana")!;
  await withdrawWork(stage.db, stage.house, { personId, workId: stage.works.get("L700")! });
  await sweepSales(stage.db, stage.house, { everything: true });
  await drain(stage);
  const { stripe_session: session } = await saleOf(unpaid.saleId);
  expect((await sessions()).find(({ id }) => id === session)).toMatchObject({ status: "expired" });
  expect(await saleOf(unpaid.saleId)).toMatchObject({ state: "expired" });
  expect(await saleOf(paid.saleId)).toMatchObject({ state: "paid", split_at: expect.any(Date) });
  await stage.double.control.events({ mode: "normal" });
  await expect(open(stage, ["L700"])).rejects.toMatchObject({ code: "work_withdrawn" });
});

test("S39: who joins tomorrow has nothing of today, and their part of tomorrow", async () => {
  const today = await sell(stage, ["L1"]);
  const before = await given(today);
  const member = (label: string) => stage.members.get(label)!.id;
  const four = [...three, { member: "dan", parts: 20 }];
  await setShares(stage.db, stage.house, {
    workId: stage.works.get("L1")!,
    shares: four.map((share) => ({ memberId: member(share.member), parts: share.parts })),
    from: new Date("2026-03-03T00:00:00-05:00"),
    accepted: four.map((share) => member(share.member)),
  });
  const sameDay = await given(await sell(stage, ["L1"]));
  expect(sameDay.dan).toBeUndefined();
  await advance(stage, 24 * 60);
  await tick(stage);
  const tomorrow = await given(await sell(stage, ["L1"]));
  const rest = ["ana", "benoit", "chloe", "dan"].reduce((all, each) => all + tomorrow[each]!, 0);
  // A new list counts from 0: 50, 30, 20 and 20 of 120.
  expect(tomorrow.dan).toBe(Math.round((rest * 20) / 120));
  expect(await given(today)).toEqual(before);
});
