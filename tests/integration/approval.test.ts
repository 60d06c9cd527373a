import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ActTerms } from "#domain/approval/act.ts";
import { confirmAct, declineAct } from "#domain/approval/decide-act.server.ts";
import { proposeAct } from "#domain/approval/propose-act.server.ts";
import { findAct, listActs, twoPeopleOf } from "#domain/approval/queries.server.ts";
import { setTwoPeople } from "#domain/approval/set-two-people.server.ts";
import { adoptRule } from "#domain/governance/adopt-rule.server.ts";
import { proposeRule } from "#domain/governance/propose-rule.server.ts";
import { refundSale } from "#domain/sales/refund-sale.server.ts";
import { auditOf } from "#domain/transparency/audit-queries.server.ts";
import { moneyBackOfSale } from "#domain/transparency/money-back-queries.server.ts";
import { openAsOwner } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { openMarket, sell } from "./market.ts";
import { staffOf } from "./staff.ts";

// Two people for what moves money: co-op A asks for them above $10.
let stage: Stage;
let who: Awaited<ReturnType<typeof staffOf>>;
let coopId: string;
const sales: string[] = [];

beforeAll(async () => {
  stage = await openMarket();
  who = await staffOf(stage);
  coopId = stage.coops.get("A")!;
  // Sold beforehand: the time of Stripe's double does not pass with ours.
  for (let i = 0; i < 6; i += 1) sales.push(await sell(stage, ["L1"]));
  await setTwoPeople(stage.db, stage.house, { coopId, above: 1000, by: who.adminA });
});
afterAll(() => stage.close());

const refund = (saleId: string, amount: number, askedBy = who.treasurerA) =>
  refundSale(stage.db, stage.house, { saleId, lines: [1], amount, reason: "essai", askedBy });
const propose = (terms: ActTerms, by = who.treasurerA) =>
  proposeAct(stage.db, stage.house, { coopId, terms, by });
const refundTerms = (saleId: string, amount: number): ActTerms => ({
  kind: "refund",
  saleId,
  lines: [1],
  amount,
  reason: "Deux fois la même œuvre",
  refundId: v7(),
});
const confirm = (actId: string, by: string) => confirmAct(stage.db, stage.house, { actId, by });
const refundsOf = (saleId: string) =>
  stage.db.selectFrom("refund").select(["id", "amount", "asked_by"]).where("sale_id", "=", saleId).execute();

describe("above the amount", () => {
  it("one alone is refused, and nothing is written; below, at once", async () => {
    const saleId = sales.pop()!;
    await expect(refund(saleId, 1001)).rejects.toMatchObject({
      code: "second_person_needed",
      details: { amount: 1001 },
    });
    expect(await refundsOf(saleId)).toEqual([]);
    await refund(saleId, 1000);
    expect(await refundsOf(saleId)).toMatchObject([{ amount: 1000 }]);
  });

  it("an amount cut into pieces is one amount, for seven days", async () => {
    const saleId = sales.pop()!;
    await refund(saleId, 600);
    await drain(stage);
    await expect(refund(saleId, 401)).rejects.toMatchObject({ code: "second_person_needed" });
    await refund(saleId, 400, who.adminA);
    await drain(stage);
    stage.clock.advance(7 * 86_400_000 + 1);
    await refund(saleId, 401);
  });

  it("another confirms, both are named, and it is done once", async () => {
    const saleId = sales.pop()!;
    const { actId } = await propose(refundTerms(saleId, 1500));
    expect((await propose(refundTerms(saleId, 1500))).actId).toBe(actId);
    await expect(confirm(actId, who.treasurerA)).rejects.toMatchObject({ code: "act_own" });
    for (const stranger of [who.curatorA, who.adminB])
      await expect(confirm(actId, stranger)).rejects.toMatchObject({ code: "not_found" });
    const both = await Promise.allSettled([confirm(actId, who.adminA), confirm(actId, who.adminA)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [made] = await refundsOf(saleId);
    expect(made).toMatchObject({ amount: 1500, asked_by: who.treasurerA });
    await drain(stage);
    const { refunds } = await moneyBackOfSale(stage.db, who.adminA, saleId);
    expect(refunds[0]?.askedBy).toBe("a@staff.coop, aa@staff.coop");
    expect(await findAct(stage.db, stage.house, { personId: who.adminA, actId })).toMatchObject({
      state: "confirmed",
      proposedBy: "a@staff.coop",
      decidedBy: "aa@staff.coop",
    });
    expect(await findAct(stage.db, stage.house, { personId: who.adminB, actId })).toBeNull();
    const trail = await auditOf(
      stage.db,
      { personId: who.adminA, coopId },
      { byId: null, noun: "sale", from: null, to: null, before: null, limit: 3 },
    );
    expect(trail.map(({ verb, who: by }) => [verb, by])).toEqual(
      expect.arrayContaining([
        ["confirm-act", "aa@staff.coop"],
        ["refund-sale", "a@staff.coop"],
        ["propose-act", "a@staff.coop"],
      ]),
    );
  });

  it("what the verb refuses by now is refused, and the proposal stays open", async () => {
    const saleId = sales.pop()!;
    const { actId } = await propose(refundTerms(saleId, 1500));
    await refund(saleId, 100, who.adminA);
    await drain(stage);
    await expect(confirm(actId, who.adminA)).rejects.toMatchObject({ code: "refund_too_large" });
    const { open } = await listActs(stage.db, stage.house, { personId: who.adminA, coopId });
    expect(open.map(({ id }) => id)).toContain(actId);
    await declineAct(stage.db, stage.house, { actId, by: who.adminA });
    await expect(confirm(actId, who.adminA)).rejects.toMatchObject({ code: "act_over" });
  });

  it("nobody confirms after seven days, nor for who has lost their role", async () => {
    const saleId = sales.pop()!;
    const { actId } = await propose(refundTerms(saleId, 1500));
    stage.clock.advance(7 * 86_400_000);
    await expect(confirm(actId, who.adminA)).rejects.toMatchObject({ code: "act_over" });
    const again = await propose(refundTerms(saleId, 1500));
    expect(again.actId).not.toBe(actId);
    const role = { coop_id: coopId, person_id: who.treasurerA, role: "treasurer" as const };
    await stage.db
      .deleteFrom("coop_role")
      .where("person_id", "=", who.treasurerA)
      .where("coop_id", "=", coopId)
      .execute();
    await expect(confirm(again.actId, who.adminA)).rejects.toMatchObject({ code: "not_found" });
    await stage.db
      .insertInto("coop_role")
      .values({ ...role, granted_at: stage.clock.now() })
      .execute();
  });

  it("is refused by the database itself, to its owner too, when one person would be both", async () => {
    const saleId = sales.pop()!;
    const { actId } = await propose(refundTerms(saleId, 1500));
    const owner = openAsOwner(stage.database.url);
    const change = (values: Record<string, unknown>) =>
      owner.updateTable("money_act").set(values).where("id", "=", actId).execute();
    const now = stage.clock.now();
    const decided = { decision: "confirmed", decided_at: now };
    await expect(change({ ...decided, decided_by: who.treasurerA })).rejects.toThrow(/check constraint/);
    await expect(change({ amount: 1 })).rejects.toThrow(/stands as it was/);
    await expect(change({ terms: "{}" })).rejects.toThrow(/stands as it was/);
    await expect(owner.deleteFrom("money_act").where("id", "=", actId).execute()).rejects.toThrow(/stands/);
    await change({ ...decided, decided_by: who.adminA });
    await expect(change({ decision: "declined" })).rejects.toThrow(/stands as it was/);
    await owner.destroy();
  });
});

describe("a rule and the amount itself", () => {
  it("a rule is adopted by two, whatever the amount", async () => {
    const second = v7();
    await stage.db
      .insertInto("person")
      .values({ id: second, email: "autre@staff.coop", created_at: stage.clock.now() })
      .execute();
    await stage.db
      .insertInto("coop_role")
      .values({ coop_id: coopId, person_id: second, role: "admin", granted_at: stage.clock.now() })
      .execute();
    const now = stage.clock.now();
    const inForceFrom = new Date(now.getTime() + 86_400_000);
    const { ruleId } = await proposeRule(stage.db, stage.house, {
      coopId,
      steps: [{ kind: "fee", borne_by: "all" }, { kind: "shares" }],
      inForceFrom,
      by: who.adminA,
    });
    const adopt = { coopId, ruleId, votedAt: now, inForceFrom, minutes: "PV 3", by: who.adminA };
    await expect(adoptRule(stage.db, stage.house, adopt)).rejects.toMatchObject({
      code: "second_person_needed",
    });
    const terms: ActTerms = {
      kind: "adopt_rule",
      ruleId,
      votedAt: now.toISOString(),
      inForceFrom: inForceFrom.toISOString(),
      minutes: "PV 3",
    };
    const { actId } = await propose(terms, who.adminA);
    await confirm(actId, second);
    const rule = await stage.db
      .selectFrom("rule")
      .select(["adopted_by", "minutes"])
      .where("id", "=", ruleId)
      .executeTakeFirstOrThrow();
    expect(rule).toEqual({ adopted_by: who.adminA, minutes: "PV 3" });
  });

  it("is made stricter by one, looser by two; never where nobody could confirm", async () => {
    const set = (above: number | null, by = who.adminA, at = coopId) =>
      setTwoPeople(stage.db, stage.house, { coopId: at, above, by });
    await set(500);
    await expect(set(501)).rejects.toMatchObject({ code: "second_person_needed" });
    await expect(set(null)).rejects.toMatchObject({ code: "second_person_needed" });
    await expect(set(100, who.treasurerA)).rejects.toMatchObject({ code: "not_found" });
    const { actId } = await propose({ kind: "limit", above: null }, who.adminA);
    await confirm(actId, who.treasurerA);
    expect((await twoPeopleOf(stage.db, coopId)).above).toBeNull();
    await expect(set(500, who.adminB, stage.coops.get("B")!)).rejects.toMatchObject({
      code: "second_person_missing",
    });
  });
});

describe("the audit", () => {
  it("is written once: the application has no right to change it, its owner is refused", async () => {
    await expect(stage.db.updateTable("audit").set({ verb: "x" }).execute()).rejects.toThrow(
      /permission denied/,
    );
    await expect(stage.db.deleteFrom("audit").execute()).rejects.toThrow(/permission denied/);
    const owner = openAsOwner(stage.database.url);
    await expect(owner.updateTable("audit").set({ verb: "x" }).execute()).rejects.toThrow(/append-only/);
    await expect(owner.deleteFrom("audit").execute()).rejects.toThrow(/append-only/);
    await owner.destroy();
  });

  it("is read through who may, by person, thing and day, page after page", async () => {
    const all = { byId: null, noun: null, from: null, to: null, before: null, limit: 1000 };
    const through = { personId: who.treasurerA, coopId };
    const rows = await auditOf(stage.db, through, all);
    expect(rows.length).toBeGreaterThan(10);
    for (const personId of [who.curatorA, who.adminB])
      expect(await auditOf(stage.db, { personId, coopId }, all)).toEqual([]);
    const mine = await auditOf(stage.db, through, { ...all, byId: who.adminA });
    expect(new Set(mine.map((row) => row.who))).toEqual(new Set(["aa@staff.coop"]));
    const rules = await auditOf(stage.db, through, { ...all, noun: "rule" });
    expect(rules.map(({ subject }) => subject.split(":")[0])).toEqual(rules.map(() => "rule"));
    expect(rules.map(({ verb }) => verb)).toContain("confirm-act");
    const [, second] = rows;
    const [first] = await auditOf(stage.db, through, { ...all, limit: 1 });
    const next = await auditOf(stage.db, through, { ...all, limit: 1, before: first!.id });
    expect(next[0]?.id).toBe(second?.id);
    const before = await auditOf(stage.db, through, { ...all, to: rows.at(-1)!.at });
    expect(before).toEqual([]);
  });
});
