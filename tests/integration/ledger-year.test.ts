import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { grantRole } from "#domain/membership/grant-role.server.ts";
import { recordOutsidePayment } from "#domain/payouts/record-outside-payment.server.ts";
import { settlementsOfPerson } from "#domain/payouts/settlement-queries.server.ts";
import { unclaimedOf } from "#domain/payouts/unclaimed-queries.server.ts";
import { writeOff } from "#domain/payouts/write-off.server.ts";
import { closeYear } from "#domain/revenue/close-year.server.ts";
import { closedYears, patronageOfYear } from "#domain/revenue/ristourne-queries.server.ts";
import { refundSale } from "#domain/sales/refund-sale.server.ts";
import { brokenChecks, openAsOwner } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { openMarket, sell } from "./market.ts";

let stage: Stage;
const who = (name: string) => stage.members.get(name)!;
const coop = (name: string) => stage.coops.get(name)!;
const at = async (to: string) => {
  stage.clock.set(to);
  await stage.double.control.clock({ to });
};

beforeAll(async () => {
  stage = await openMarket({ members: { farid: { account: "none" }, chloe: { account: "none" } } });
  const { db, house } = stage;
  await grantRole(db, house, {
    coopId: coop("A"),
    personId: who("ana").personId,
    role: "treasurer",
    by: null,
  });
  await grantRole(db, house, {
    coopId: coop("B"),
    personId: who("dan").personId,
    role: "treasurer",
    by: null,
  });
});
afterAll(() => stage.close());

describe("the year of a co-op", () => {
  const year = { surplus: 100_000, reserveBp: 2000, year: 2026 };

  test("ends at midnight in its own street; what is posted after is the next year's", async () => {
    await at("2026-12-31T23:59:59-05:00");
    const before = await sell(stage, ["L1"]);
    await at("2027-01-01T00:00:00-05:00");
    await sell(stage, ["L1"]);
    const { refundId } = await refundSale(stage.db, stage.house, { saleId: before, askedBy: null });
    await drain(stage);
    const patronage = (of: number) => patronageOfYear(stage.db, { coopId: coop("A"), year: of });
    expect((await patronage(2026)).map(({ name, amount }) => [name, amount])).toEqual([
      ["ana", 628],
      ["benoit", 376],
      ["chloe", 251],
    ]);
    // The second sale gave 627, 377 and 251, and as much as the first was taken back: whoever is under 0 is at 0.
    expect((await patronage(2027)).map(({ name, amount }) => [name, amount])).toEqual([["benoit", 1]]);
    expect(await patronage(2025)).toEqual([]);
    expect(refundId).toBeDefined();
  });

  test("is closed by who keeps the books of that co-op, and by nobody else", async () => {
    const { db, house } = stage;
    const close = (name: string, by: string) =>
      closeYear(db, house, { ...year, coopId: coop(name), by: who(by).personId });
    await expect(close("A", "benoit")).rejects.toThrow("not_found");
    await expect(close("A", "dan")).rejects.toThrow("not_found");
    await expect(close("B", "dan")).rejects.toThrow("ristourne_elsewhere");
    expect(await close("A", "ana")).toMatchObject({ isNew: true });
    expect(await closedYears(db, who("benoit").personId, coop("A"))).toBeNull();
  });

  test("keeps its figures, who closed it and when, whatever happens afterwards", async () => {
    const shown = () => closedYears(stage.db, who("ana").personId, coop("A"));
    const closed = await shown();
    expect(closed).toMatchObject([
      {
        year: 2026,
        surplus: 100_000,
        patronage: "reckoned",
        postedBy: "ana",
        parts: [
          { name: "ana", patronage: 628, amount: 40_032 },
          { name: "benoit", patronage: 376, amount: 23_968 },
          { name: "chloe", patronage: 251, amount: 16_000 },
        ],
      },
    ]);
    await at("2027-02-01T10:00:00-05:00");
    const late = await sell(stage, ["L1"]);
    await refundSale(stage.db, stage.house, { saleId: late, askedBy: null });
    await drain(stage);
    await closeYear(stage.db, stage.house, { ...year, surplus: 1, coopId: coop("A"), by: null });
    expect(await shown()).toEqual(closed);
    const owner = openAsOwner(stage.database.url);
    await expect(owner.updateTable("ristourne").set({ surplus: 1 }).execute()).rejects.toThrow("append-only");
    await expect(owner.deleteFrom("ristourne_part").execute()).rejects.toThrow("append-only");
    await owner.destroy();
  });
});

describe("what is settled otherwise", () => {
  test("a payment outside needs its proof, a day that is past, who keeps the books, and no more than is owed", async () => {
    await sell(stage, ["M1"]);
    const paid = (over: Partial<Parameters<typeof recordOutsidePayment>[2]>) =>
      recordOutsidePayment(stage.db, stage.house, {
        memberId: who("farid").id,
        amount: 100,
        paidOn: "2027-01-30",
        reference: "virement 12",
        by: who("dan").personId,
        ...over,
      });
    await expect(paid({ reference: " " })).rejects.toThrow("proof_missing");
    await expect(paid({ paidOn: "2027-02-02" })).rejects.toThrow("payment_in_future");
    await expect(paid({ by: who("eve").personId })).rejects.toThrow("not_found");
    await expect(paid({ amount: 322 })).rejects.toThrow("outside_payment_too_large");
    await expect(paid({ amount: 0 })).rejects.toThrow("outside_payment_too_large");
    const twice = await Promise.all([paid({}), paid({})]);
    expect(twice.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
    expect(await settlementsOfPerson(stage.db, who("farid").personId)).toMatchObject([
      { kind: "outside_payment", amount: -100, note: "virement 12" },
    ]);
    const one = stage.db.selectFrom("posting").innerJoin("entry", "entry.id", "posting.entry_id");
    expect(
      await one
        .select(["account", "amount"])
        .where("kind", "=", "outside_payment")
        .orderBy("amount")
        .execute(),
    ).toEqual([
      { account: `coop:${coop("B")}:operating`, amount: -100 },
      { account: `member:${who("farid").id}`, amount: 100 },
    ]);
  });

  test("the co-op that owns the platform pays from its bank", async () => {
    await recordOutsidePayment(stage.db, stage.house, {
      memberId: who("chloe").id,
      amount: 16_000,
      paidOn: "2027-02-01",
      reference: "chèque 4",
      by: who("ana").personId,
    });
    const bank = await stage.db
      .selectFrom("posting")
      .select("amount")
      .where("account", "=", "bank")
      .execute();
    expect(bank).toEqual([{ amount: -16_000 }]);
  });

  test("nobody writes off without a reason, nor what is not owed", async () => {
    const off = { coopId: coop("A"), memberId: who("chloe").id, reason: "parti", by: who("ana").personId };
    await expect(writeOff(stage.db, stage.house, { ...off, reason: " " })).rejects.toThrow("reason_missing");
    await expect(writeOff(stage.db, stage.house, off)).rejects.toThrow("write_off_too_large");
    await expect(writeOff(stage.db, stage.house, { ...off, coopId: coop("B") })).rejects.toThrow("not_found");
  });

  test("a ristourne that was never sent is unclaimed after three years, and not before", async () => {
    await closeYear(stage.db, stage.house, {
      coopId: coop("A"),
      year: 2027,
      surplus: 500,
      reserveBp: 0,
      patronage: [{ memberId: who("chloe").id, amount: 1 }],
      by: null,
    });
    const unclaimed = (to: string) => unclaimedOf(stage.db, { memberId: who("chloe").id, now: new Date(to) });
    // What was paid outside settled her parts of sales first: 251 of the first ristourne are left, and the second.
    const first = 251;
    expect(await unclaimed("2029-12-31T23:59:59-05:00")).toMatchObject({ amount: 0, parts: [] });
    expect(await unclaimed("2030-01-01T00:00:00-05:00")).toMatchObject({ amount: first });
    expect(await unclaimed("2030-02-01T10:00:00-05:00")).toMatchObject({ amount: first + 500 });
  });

  test("the books are in order after all of it", async () => {
    expect(await brokenChecks(stage.db)).toEqual([]);
  });
});
