import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { payoutsOfPerson } from "#domain/payouts/queries.server.ts";
import { earningsByMonth, findSaleForMember } from "#domain/sales/earnings-queries.server.ts";
import { effectOfRefund } from "#domain/sales/effect-of-refund.server.ts";
import { makeRefund } from "#domain/sales/make-refund.server.ts";
import { findSaleForStaff } from "#domain/sales/queries.server.ts";
import { recordRefunds } from "#domain/sales/record-refunds.server.ts";
import { findRefundableFor, readRefund, refundsOfPurchase } from "#domain/sales/refund-queries.server.ts";
import { refundSale } from "#domain/sales/refund-sale.server.ts";
import { earningsByWork, salesOfMember } from "#domain/sales/seller-queries.server.ts";
import { moneyBackOfSale } from "#domain/transparency/money-back-queries.server.ts";
import { searchSales } from "#domain/transparency/office-queries.server.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { refundLetter } from "#workers/mails/refund-made.ts";
import { brokenChecks } from "../database.ts";
import { advance, open, openMarket, pay, sell } from "./market.ts";
import { staffOf } from "./staff.ts";

let stage: Stage;
let who: Awaited<ReturnType<typeof staffOf>>;
beforeAll(async () => {
  stage = await openMarket({ members: { farid: { account: "none" } } });
  who = await staffOf(stage);
});
afterAll(() => stage?.close());

const member = (name: string) => stage.members.get(name)!;
const ask = (saleId: string, more: Partial<Parameters<typeof refundSale>[2]> = {}) =>
  refundSale(stage.db, stage.house, { saleId, askedBy: who.treasurerA, reason: "achat par erreur", ...more });
const rights = (saleId: string) =>
  stage.db
    .selectFrom("download_right")
    .innerJoin("sale_line", "sale_line.id", "download_right.sale_line_id")
    .select(["sale_line.title", "ended_at"])
    .where("sale_id", "=", saleId)
    .orderBy("position")
    .execute();
const postedFor = async (refundId: string) => {
  const rows = await stage.db
    .selectFrom("posting")
    .innerJoin("entry", "entry.id", "posting.entry_id")
    .select(["account", "amount"])
    .where("entry.key", "=", `refund:${refundId}`)
    .execute();
  return new Map(rows.map((row) => [row.account, row.amount]));
};
const refundCalls = async () => (await stage.double.control.snapshot()).refunds.length;

describe("who may refund", () => {
  it("is the treasurer or admin of the co-op that sold the lines, nobody else", async () => {
    const saleId = await sell(stage, ["L1", "M1"]);
    const a = await findRefundableFor(stage.db, who.treasurerA, saleId);
    expect(a?.lines.map(({ title, left }) => [title, left])).toEqual([["L1", 1500]]);
    expect(a?.mixed).toBe(true);
    const b = await findRefundableFor(stage.db, who.adminB, saleId);
    expect(b?.lines.map(({ title }) => title)).toEqual(["M1"]);
    expect(await findRefundableFor(stage.db, who.curatorA, saleId)).toBeNull();
    // The co-op that owns the platform sees another's line in a shared cart, and may not give it back.
    await expect(ask(saleId, { lines: [2] })).rejects.toMatchObject({ code: "not_found" });
    await expect(ask(saleId, { askedBy: who.curatorA })).rejects.toMatchObject({ code: "not_found" });
    await expect(ask(saleId, { askedBy: who.adminB, lines: [1] })).rejects.toMatchObject({
      code: "not_found",
    });
    const onlyB = await sell(stage, ["M1"]);
    expect(await findRefundableFor(stage.db, who.treasurerA, onlyB)).toBeNull();
    await expect(ask(onlyB)).rejects.toMatchObject({ code: "not_found" });
    expect(await refundCalls()).toBe(0);
    // « All » is all of one's own: the other co-op's line is untouched.
    const { refundId, amount } = await ask(saleId, { askedBy: who.adminB });
    expect(amount).toBe(1200);
    await drain(stage);
    expect((await rights(saleId)).map(({ title, ended_at }) => [title, ended_at !== null])).toEqual([
      ["L1", false],
      ["M1", true],
    ]);
    const seenByB = await moneyBackOfSale(stage.db, who.adminB, saleId);
    expect(seenByB.refunds).toMatchObject([
      { id: refundId, amount: 1200, state: "succeeded", reason: "achat par erreur", askedBy: "b@staff.coop" },
    ]);
    // Farid has no account: nothing to reverse.
    expect(seenByB.reversals.map(({ name, state }) => [name, state]).sort()).toEqual([
      ["B", "done"],
      ["dan", "done"],
      ["eve", "done"],
    ]);
  });
});

describe("before anybody confirms", () => {
  it("shows to the cent what the refund then posts, taxes and fee included (S44)", async () => {
    const saleId = await sell(stage, ["L1"], { place: "CA-QC" });
    const sale = (await findRefundableFor(stage.db, who.treasurerA, saleId))!;
    const amount = Math.floor(sale.lines[0]!.left / 2);
    const lineIds = sale.lines.map(({ id }) => id);
    const effect = (await effectOfRefund(stage.db, sale, { lineIds, amount }))!;
    expect(effect.lines).toMatchObject([{ title: "L1", ends: false, amount }]);
    expect(effect.from.every(({ owes }) => owes === 0)).toBe(true);
    const { refundId } = await ask(saleId, { amount, lines: [1] });
    await drain(stage);
    const posted = await postedFor(refundId);
    for (const { account, taken } of effect.from) expect(posted.get(account)).toBe(taken);
    for (const tax of effect.taxes) expect(posted.get(`tax:${tax.code}`)).toBe(tax.amount);
    expect(effect.taxes.map(({ code }) => code)).toEqual(["tps", "tvq"]);
    expect(posted.get("loss:refund_fees")).toBe(effect.feeLost);
    expect(posted.size).toBe(effect.from.length + effect.taxes.length + 2);
    const { reversals } = await moneyBackOfSale(stage.db, who.treasurerA, saleId);
    const back = (name: string) => effect.from.find((each) => each.name === name)?.reversed;
    expect(reversals.map(({ name, amount: came }) => [name, came])).toEqual(
      reversals.map(({ name }) => [name, back(name)]),
    );
    expect(reversals).toHaveLength(3);
    // The buyer keeps the files; the right ends with the last cent (S53).
    expect((await rights(saleId))[0]?.ended_at).toBeNull();
    await ask(saleId);
    await drain(stage);
    expect((await rights(saleId))[0]?.ended_at).not.toBeNull();
    await expect(ask(saleId, { amount: 1 })).rejects.toMatchObject({ code: "refund_too_large" });
  });

  it("says what comes back from each account, and nothing from who has none", async () => {
    const first = await sell(stage, ["M1"]);
    const sale = (await findRefundableFor(stage.db, who.adminB, first))!;
    const effect = (await effectOfRefund(stage.db, sale, {
      lineIds: sale.lines.map(({ id }) => id),
      amount: sale.lines[0]!.left,
    }))!;
    const farid = effect.from.find(({ name }) => name === "farid")!;
    expect(farid).toMatchObject({ reversed: 0, kind: "member" });
    // He is owed more from other sales than is taken: he owes nothing.
    expect(farid.owes).toBe(0);
    expect(effect.from.find(({ name }) => name === "dan")).toMatchObject({
      taken: effect.from.find(({ name }) => name === "dan")!.reversed,
    });
    expect(effect.lines[0]?.ends).toBe(true);
  });

  it("counts what earlier reversals are bringing back as no debt", async () => {
    const saleId = await sell(stage, ["M1"]);
    const lines = (await findRefundableFor(stage.db, who.adminB, saleId))!.lines;
    const { refundId } = await ask(saleId, { askedBy: who.adminB, amount: 600 });
    // Made, and its reversals not called yet.
    await makeRefund(stage.db, stage.house, { refundId });
    const sale = (await findRefundableFor(stage.db, who.adminB, saleId))!;
    const lineIds = lines.map(({ id }) => id);
    const effect = (await effectOfRefund(stage.db, sale, { lineIds, amount: 600 }))!;
    expect(effect.from.map(({ name, owes }) => [name, owes])).toEqual([
      ["B", 0],
      ["dan", 0],
      ["eve", 0],
      ["farid", 0],
    ]);
    await drain(stage);
    await stage.double.control.fault({ on: "reversal", fault: "balance_insufficient", times: 1 });
    const dan = (await effectOfRefund(stage.db, sale, { lineIds, amount: 600 }))!.from[1]!;
    expect(dan.taken).toBe(dan.reversed);
    await ask(saleId, { askedBy: who.adminB });
    await drain(stage);
    // One account gave nothing back: that one owes, and the next refund of another sale says so.
    const other = await sell(stage, ["M1"]);
    const next = (await findRefundableFor(stage.db, who.adminB, other))!;
    const whole = { lineIds: next.lines.map(({ id }) => id), amount: 1200 };
    const owed = (await effectOfRefund(stage.db, next, whole))!.from.filter(({ owes }) => owes > 0);
    expect(owed).toHaveLength(1);
  });

  it("promises nothing before the split, and the refund waits for it", async () => {
    const { saleId } = await open(stage, ["L2"]);
    await pay(stage, saleId, "later");
    await drain(stage);
    const sale = (await findRefundableFor(stage.db, who.treasurerA, saleId))!;
    expect(sale).toMatchObject({ split: false, lines: [{ left: 800 }] });
    expect(await effectOfRefund(stage.db, sale, { lineIds: [sale.lines[0]!.id], amount: 800 })).toBeNull();
    await ask(saleId);
    await drain(stage);
    const waiting = await moneyBackOfSale(stage.db, who.treasurerA, saleId);
    expect(waiting.refunds).toMatchObject([{ state: "asked", amount: 800 }]);
    expect((await findRefundableFor(stage.db, who.treasurerA, saleId))?.underWay).toBe(true);
  });
});

describe("twice", () => {
  it("is one refund where the same form comes twice at the same instant (S51)", async () => {
    const saleId = await sell(stage, ["L1"]);
    const refundId = v7();
    const before = await refundCalls();
    const both = await Promise.all([
      ask(saleId, { refundId, seen: 1500 }),
      ask(saleId, { refundId, seen: 1500 }),
    ]);
    expect(both[0]).toEqual(both[1]);
    await drain(stage);
    expect(await refundCalls()).toBe(before + 1);
    expect(await ask(saleId, { refundId, seen: 1500 })).toEqual(both[0]);
    await expect(ask(saleId, { refundId, askedBy: null })).rejects.toMatchObject({ code: "not_found" });
  });

  it("is one refund where two people ask at once: the second looks again", async () => {
    const saleId = await sell(stage, ["L1"]);
    const before = await refundCalls();
    const told = await Promise.allSettled([
      ask(saleId, { amount: 500, seen: 1500, refundId: v7() }),
      ask(saleId, { amount: 500, seen: 1500, refundId: v7(), askedBy: who.adminA }),
    ]);
    expect(told.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(told.find((each) => each.status === "rejected")).toMatchObject({
      reason: { code: "refund_changed" },
    });
    await drain(stage);
    expect(await refundCalls()).toBe(before + 1);
  });

  it("adds up in three times, and a fourth of one cent is refused (S42)", async () => {
    const saleId = await sell(stage, ["L1"]);
    for (let i = 0; i < 3; i += 1) {
      await ask(saleId, { amount: 500 });
      await drain(stage);
    }
    await expect(ask(saleId, { amount: 1 })).rejects.toMatchObject({ code: "refund_too_large" });
    const [row] = (await findSaleForMember(stage.db, member("ana").personId, saleId))!.takings.slice(-1);
    expect(row).toMatchObject({ cause: "refund", givenBack: false });
    const mine = await salesOfMember(stage.db, member("ana").personId);
    expect(mine.find((line) => line.saleId === saleId)).toMatchObject({ net: 0, disputed: false });
  });
});

describe("during a dispute (S64)", () => {
  it("is refused until the bank has decided, and what is not sent is held with its reason", async () => {
    const saleId = await sell(stage, ["M1"]);
    const { stripe_session: session } = await stage.db
      .selectFrom("sale")
      .select("stripe_session")
      .where("id", "=", saleId)
      .executeTakeFirstOrThrow();
    const { dispute } = await stage.double.control.dispute({ session: session! });
    await drain(stage);
    await expect(ask(saleId, { askedBy: who.adminB })).rejects.toMatchObject({ code: "sale_disputed" });
    expect((await findRefundableFor(stage.db, who.adminB, saleId))?.disputed).toBe(true);
    const [farid] = await payoutsOfPerson(stage.db, member("farid").personId);
    expect(farid?.frozen).toBeGreaterThan(300);
    const [line] = await salesOfMember(stage.db, member("farid").personId, { limit: 1 });
    expect(line).toMatchObject({ saleId, disputed: true });
    expect((await findSaleForMember(stage.db, member("dan").personId, saleId))?.disputed).toBe(true);
    await stage.double.control.disputeEnds({ dispute, how: "won" });
    await drain(stage);
    expect(await ask(saleId, { askedBy: who.adminB })).toMatchObject({ amount: 1200 });
    await drain(stage);
  });
});

describe("what people see of it", () => {
  it("tells the buyer what came back, of which works, and which files are no longer theirs", async () => {
    const saleId = await sell(stage, ["L1", "L2"], { email: "lise@exemple.org" });
    await ask(saleId, { lines: [1] });
    await drain(stage);
    const { refundId } = await ask(saleId, { lines: [2], amount: 300 });
    await makeRefund(stage.db, stage.house, { refundId });
    const { rows: letters } = await sql`select from pgboss.job
      where name = 'send-refund-made' and data ->> 'refundId' = ${refundId}`.execute(stage.db);
    expect(letters).toHaveLength(1);
    await drain(stage);
    const told = await refundsOfPurchase(stage.db, saleId);
    expect(told).toMatchObject([
      { state: "succeeded", amount: 1500, lines: [{ title: "L1", amount: 1500, ended: true }] },
      { state: "succeeded", amount: 300, lines: [{ title: "L2", amount: 300, ended: false }] },
    ]);
    const sale = (await findSaleForStaff(stage.db, who.treasurerA, saleId))!;
    const input = { access: "x", publicUrl: "https://ventes.example" };
    const letter = refundLetter(sale, (await readRefund(stage.db, told[0]!.id))!, input);
    expect(letter.text).toContain("15,00");
    expect(letter.text).toContain("les fichiers ne sont plus offerts");
    expect(refundLetter({ ...sale, locale: "en" }, told[1]!, input).text).toContain("the files stay yours");
  });

  it("says what it waits for, and tells the buyer only once the money has left (S49)", async () => {
    const saleId = await sell(stage, ["L2"]);
    await stage.double.control.fault({ on: "refund", fault: "pending", times: 1 });
    const { refundId } = await ask(saleId);
    const letters = async () => {
      const { rows } = await sql`select from pgboss.job
        where name = 'send-refund-made' and data ->> 'refundId' = ${refundId}`.execute(stage.db);
      return rows.length;
    };
    await makeRefund(stage.db, stage.house, { refundId });
    expect(await letters()).toBe(0);
    await drain(stage);
    const shown = async () => (await moneyBackOfSale(stage.db, who.treasurerA, saleId)).refunds[0];
    expect(await shown()).toMatchObject({ state: "pending", amount: 800, refusal: expect.any(String) });
    expect(await refundsOfPurchase(stage.db, saleId)).toMatchObject([{ state: "pending", amount: 800 }]);
    const { refunds } = await stage.double.control.snapshot();
    await stage.double.control.refundSucceeded({ refund: refunds.at(-1)!.id });
    await recordRefunds(stage.db, stage.house, { saleId });
    expect(await letters()).toBe(1);
    expect(await shown()).toMatchObject({ state: "succeeded" });
    await drain(stage);
    const [listed] = await searchSales(stage.db, who.treasurerA, stage.coops.get("A")!, {
      words: "",
      limit: 1,
      offset: 0,
    });
    expect(listed).toMatchObject({ id: saleId, takenBack: 800, disputed: false });
  });

  it("gives a failed refund back to everybody, files too (S53)", async () => {
    const saleId = await sell(stage, ["L2"]);
    await ask(saleId);
    await drain(stage);
    expect((await rights(saleId))[0]?.ended_at).not.toBeNull();
    const { refunds } = await stage.double.control.snapshot();
    await stage.double.control.refundFailed({ refund: refunds.at(-1)!.id, reason: "lost_or_stolen_card" });
    await drain(stage);
    expect((await rights(saleId))[0]?.ended_at).toBeNull();
    expect(await refundsOfPurchase(stage.db, saleId)).toMatchObject([{ state: "failed", lines: [] }]);
    const back = await moneyBackOfSale(stage.db, who.treasurerA, saleId);
    expect(back.refunds[0]).toMatchObject({ state: "failed", refusal: "lost_or_stolen_card" });
    const [line] = await salesOfMember(stage.db, member("ana").personId, { limit: 1 });
    expect(line).toMatchObject({ saleId, takenBack: 0 });
  });

  it("shows members the same sum by sale, by work, by month, and in the books (I9)", async () => {
    await advance(stage, 60 * 24 * 40);
    // A sale of March given back in April: March stays as it was.
    const [march] = await earningsByMonth(stage.db, member("ana").personId);
    const old = (await salesOfMember(stage.db, member("ana").personId)).find(({ net }) => net > 0)!;
    await ask(old.saleId);
    await drain(stage);
    for (const name of ["ana", "benoit", "chloe", "dan", "eve", "farid"]) {
      const { id, personId } = member(name);
      const [sales, works, months, standing] = await Promise.all([
        salesOfMember(stage.db, personId, { limit: 1000 }),
        earningsByWork(stage.db, personId),
        earningsByMonth(stage.db, personId),
        payoutsOfPerson(stage.db, personId),
      ]);
      const sum = (all: readonly number[]) => all.reduce((whole, each) => whole + each, 0);
      const net = sum(sales.map((sale) => sale.net));
      expect(sum(works.map((work) => work.toMember)), name).toBe(net);
      expect(sum(works.map((work) => work.given - work.takenBack)), name).toBe(net);
      expect(sum(months.map((month) => month.toMember)), name).toBe(net);
      expect(sum(months.map((month) => month.given - month.takenBack)), name).toBe(net);
      const mine = standing.find(({ memberId }) => memberId === id)!;
      expect(mine.owed + mine.sent, name).toBe(net);
    }
    const months = await earningsByMonth(stage.db, member("ana").personId);
    expect(months[0]).toEqual(march);
    expect(months.at(-1)).toMatchObject({ month: "2026-04", sales: 0, given: 0 });
    expect(months.at(-1)!.takenBack).toBeGreaterThan(0);
    expect(await brokenChecks(stage.db)).toEqual([]);
  });
});
