import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RuleSteps } from "#domain/governance/rule.ts";
import { simulateRule } from "#domain/revenue/simulation-queries.server.ts";
import { refundSale } from "#domain/sales/refund-sale.server.ts";
import { drain } from "#tests/stories/drain.ts";
import { addExpense, type Stage } from "#tests/stories/stage.ts";
import { advance, openMarket, sell } from "./market.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openMarket();
  for (let i = 0; i < 3; i += 1) {
    await sell(stage, ["L1"], { place: "CA-QC" });
    await sell(stage, ["L1", "M1"]);
    await sell(stage, ["L2"]);
    await advance(stage, 1);
  }
});
afterAll(() => stage.close());

const R1: RuleSteps = [
  { kind: "fee", borne_by: "all" },
  { kind: "percent", bp: 1000, to: "operating" },
  { kind: "percent", bp: 200, to: "solidarity" },
  { kind: "shares" },
];
const from = new Date("2026-03-02T00:00:00-05:00");
const simulate = (steps: RuleSteps, period = { from, until: new Date("2026-04-01T00:00:00-04:00") }) =>
  simulateRule(stage.db, { coopId: stage.coops.get("A")!, steps, ...period });
const named = (simulation: Awaited<ReturnType<typeof simulate>>, side: "had" | "would") =>
  Object.fromEntries(
    simulation.recipients.map((each) => [
      each.kind === "fund" ? each.fund : each.kind === "pool" ? "pool" : each.name,
      each[side],
    ]),
  );

test("the rule that was in force gives again what it gave, of this co-op's lines alone", async () => {
  const played = await simulate(R1);
  expect(played.lines).toBe(9);
  expect(played.sold).toBe(3 * (1500 + 1500 + 800));
  expect(named(played, "would")).toEqual(named(played, "had"));
  expect(Object.keys(named(played, "had"))).toEqual(["operating", "solidarity", "ana", "benoit", "chloe"]);
});

test("another rule shares the same cents otherwise, and writes nothing", async () => {
  const before =
    await sql`select (select count(*) from posting) + (select sum(cents) from share_counter) as all`.execute(
      stage.db,
    );
  const played = await simulate([
    { kind: "fee", borne_by: "coop" },
    { kind: "percent", bp: 2000, to: "reserve" },
    { kind: "shares" },
  ]);
  const would = named(played, "would");
  // 20 % of each line, and the fees out of the co-op's own pocket.
  expect(would).toMatchObject({ reserve: played.sold / 5, operating: -played.fees, solidarity: 0 });
  expect(Object.values(would).reduce((all, each) => all + each, 0)).toBe(played.sold - played.fees);
  const after =
    await sql`select (select count(*) from posting) + (select sum(cents) from share_counter) as all`.execute(
      stage.db,
    );
  expect(after.rows).toEqual(before.rows);
});

test("a pool takes its half until it has its due, as it would have then", async () => {
  await addExpense(stage, "L1", 1000);
  await sql`update expense set approved_at = '2026-02-01'`.execute(stage.db);
  const played = await simulate([...R1.slice(0, 3), { kind: "recoup", bp: 5000 }, { kind: "shares" }]);
  expect(named(played, "would").pool).toBe(1000);
  // L2 has no expenses: its three sales give what they gave.
  await sql`update expense set approved_at = '2026-04-01'`.execute(stage.db);
  const later = await simulate([...R1.slice(0, 3), { kind: "recoup", bp: 5000 }, { kind: "shares" }]);
  expect(named(later, "would").pool ?? 0).toBe(0);
  await sql`delete from expense`.execute(stage.db);
});

test("what was refunded is taken back from both sides, and the period bounds the sales", async () => {
  const whole = await simulate(R1);
  const saleId = await sell(stage, ["L1"]);
  await refundSale(stage.db, stage.house, { saleId, amount: 500, askedBy: null });
  await drain(stage);
  const played = await simulate(R1);
  expect(played).toMatchObject({ lines: 10, takenBack: 500, sold: whole.sold + 1500 });
  expect(named(played, "would")).toEqual(named(played, "had"));
  expect(named(played, "had").operating).toBeGreaterThan(named(whole, "had").operating!);
  const none = await simulate(R1, { from: new Date("2026-05-01"), until: new Date("2026-06-01") });
  expect(none).toEqual({ lines: 0, sold: 0, fees: 0, takenBack: 0, recipients: [] });
});
