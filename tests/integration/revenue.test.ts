import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adoptRule } from "#domain/governance/adopt-rule.server.ts";
import { proposeRule } from "#domain/governance/propose-rule.server.ts";
import { rulesInForce, rulesOf } from "#domain/governance/queries.server.ts";
import { withdrawProposal } from "#domain/governance/withdraw-proposal.server.ts";
import { grantRole } from "#domain/membership/grant-role.server.ts";
import { sharesOfWork, sharesToAccept } from "#domain/revenue/queries.server.ts";
import { setShares } from "#domain/revenue/set-shares.server.ts";
import { brokenChecks } from "#tests/database.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { advance, openMarket, sell } from "./market.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openMarket();
});
afterAll(() => stage.close());

const steps = [
  { kind: "fee", borne_by: "all" },
  { kind: "percent", bp: 1200, to: "operating" },
  { kind: "shares" },
];
const coopId = () => stage.coops.get("A")!;
const propose = (code: string, inForceFrom: string, of: unknown = steps) =>
  proposeRule(stage.db, stage.house, {
    coopId: coopId(),
    code,
    steps: of,
    inForceFrom: new Date(inForceFrom),
    by: null,
  });
const adopt = async (code: string, inForceFrom: string, votedAt: string) => {
  const { ruleId } = await propose(code, inForceFrom);
  return adoptRule(stage.db, stage.house, {
    coopId: coopId(),
    ruleId,
    votedAt: new Date(votedAt),
    by: null,
  });
};
const versions = async (at = stage.clock.now()) =>
  Object.fromEntries((await rulesOf(stage.db, coopId(), at)).map(({ code, state }) => [code, state]));
const inForce = async (at: string) =>
  (await rulesInForce(stage.db, [stage.coops.get("A")!], new Date(at))).get(stage.coops.get("A")!)?.code;

test("a version is in force from its instant, that one included, until the next; one still before its vote never is", async () => {
  await adopt("R2", "2026-04-01T00:00:00-04:00", "2026-03-01T19:00:00-05:00");
  await propose("R3", "2026-05-01T00:00:00-04:00");
  expect(await inForce("2026-03-31T23:59:59-04:00")).toBe("R1");
  expect(await inForce("2026-04-01T00:00:00-04:00")).toBe("R2");
  expect(await inForce("2026-06-01T00:00:00-04:00")).toBe("R2");
  expect(await inForce("2025-12-31T00:00:00-05:00")).toBeUndefined();
  expect(await versions()).toEqual({ R3: "proposed", R2: "coming", R1: "in_force" });
  expect(await versions(new Date("2026-05-01T00:00:00-04:00"))).toEqual({
    R3: "late",
    R2: "in_force",
    R1: "past",
  });
});

test("back-dated, before its vote, at the same instant, or no rule: refused, by the database too", async () => {
  const refused = (code: string) => ({ code });
  await expect(propose("R4", "2026-03-01T00:00:00-05:00")).rejects.toMatchObject(refused("rule_backdated"));
  await expect(propose("R4", "2026-04-01T00:00:00-04:00")).rejects.toMatchObject(refused("rule_overlap"));
  await expect(propose("R4", "2026-08-01T00:00:00-04:00", steps.slice(1))).rejects.toMatchObject({
    ...refused("rule_invalid"),
    details: { reason: "order" },
  });
  const { ruleId } = await propose("R4", "2026-07-01T00:00:00-04:00");
  const close = (votedAt: string, inForceFrom?: string) =>
    adoptRule(stage.db, stage.house, {
      coopId: coopId(),
      ruleId,
      votedAt: new Date(votedAt),
      inForceFrom: inForceFrom === undefined ? undefined : new Date(inForceFrom),
      by: null,
    });
  await expect(close("2026-07-02T00:00:00-04:00")).rejects.toMatchObject(refused("rule_backdated"));
  await expect(close("2026-06-02T00:00:00-04:00")).rejects.toMatchObject(refused("rule_vote_to_come"));
  await expect(close("2026-03-01T00:00:00-05:00", "2026-03-02T09:00:00-05:00")).rejects.toMatchObject(
    refused("rule_backdated"),
  );
  await expect(close("2026-03-01T00:00:00-05:00", "2026-04-01T00:00:00-04:00")).rejects.toMatchObject(
    refused("rule_overlap"),
  );
  const by = stage.members.get("ana")!.personId;
  const withdraw = () => withdrawProposal(stage.db, stage.house, { coopId: coopId(), ruleId, by });
  await expect(withdraw()).rejects.toMatchObject(refused("not_found"));
  await grantRole(stage.db, stage.house, { coopId: coopId(), personId: by, role: "admin", by: null });
  expect(await withdraw()).toBe(true);
  expect(await close("2026-03-01T00:00:00-05:00")).toBe(false);
  const insert = (from: string, voted: string, written: Date | string = stage.clock.now()) =>
    sql`insert into rule (id, coop_id, code, steps, in_force_from, voted_at, adopted_at, created_at)
    values (${v7()}, ${coopId()}, ${v7()}, '[]', ${from}, ${voted}, ${written}, ${written})`.execute(
      stage.db,
    );
  await expect(insert("2026-02-01", "2026-01-01")).rejects.toThrow("rule_not_backdated");
  await expect(insert("2026-07-01", "2026-07-02")).rejects.toThrow("rule_not_before_its_vote");
  await expect(insert("2026-04-01T00:00:00-04:00", "2026-03-01")).rejects.toThrow("rule_one_an_instant");
  // Whatever the application says of its clock: what is sold keeps its rule.
  await sell(stage, ["L1"]);
  await expect(insert("2026-01-15", "2026-01-01", "2026-01-01")).rejects.toThrow("rule_binds_no_past_sale");
  await expect(sql`update rule set steps = '[]' where code = 'R2'`.execute(stage.db)).rejects.toThrow(
    "decided",
  );
  await expect(sql`update rule set steps = '[]' where code = 'R3'`.execute(stage.db)).rejects.toThrow(
    "what was",
  );
  await expect(sql`delete from rule where code = 'R3'`.execute(stage.db)).rejects.toThrow("not deleted");
});

test("two proposals for the same instant at once: one is written; so where two are adopted for one instant", async () => {
  const both = await Promise.allSettled([
    propose("R5", "2026-09-01T00:00:00-04:00"),
    propose("R6", "2026-09-01T00:00:00-04:00"),
  ]);
  expect(both.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((each) => each.status === "rejected")).toMatchObject({ reason: { code: "rule_overlap" } });
});

test("a vote that closes late moves the effect, and what was sold meanwhile kept the rule before", async () => {
  const late = await propose("R7", "2026-03-10T00:00:00-04:00");
  stage.clock.set("2026-03-12T10:00:00-04:00");
  await stage.double.control.clock({ to: "2026-03-12T10:00:00-04:00" });
  expect(await versions()).toMatchObject({ R7: "late", R1: "in_force" });
  const saleId = await sell(stage, ["L1"]);
  const close = (inForceFrom?: string) =>
    adoptRule(stage.db, stage.house, {
      coopId: coopId(),
      ruleId: late.ruleId,
      votedAt: new Date("2026-03-11T19:00:00-04:00"),
      minutes: "AG du 11 mars, point 4",
      inForceFrom: inForceFrom === undefined ? undefined : new Date(inForceFrom),
      by: stage.members.get("ana")!.personId,
    });
  await expect(close()).rejects.toMatchObject({ code: "rule_backdated" });
  expect(await close("2026-03-13T00:00:00-04:00")).toBe(true);
  expect(await close("2026-03-13T00:00:00-04:00")).toBe(false);
  const [adopted] = (await rulesOf(stage.db, coopId(), stage.clock.now())).filter(
    ({ code }) => code === "R7",
  );
  expect(adopted).toMatchObject({ state: "coming", minutes: "AG du 11 mars, point 4", adoptedBy: "ana" });
  const { code } = await stage.db
    .selectFrom("sale_line")
    .innerJoin("rule", "rule.id", "sale_line.rule_id")
    .select("rule.code")
    .where("sale_id", "=", saleId)
    .executeTakeFirstOrThrow();
  expect(code).toBe("R1");
  expect(await brokenChecks(stage.db)).toEqual([]);
});

test("a share list is a version: sales keep theirs, members are asked where their fraction shrinks", async () => {
  const member = (label: string) => stage.members.get(label)!.id;
  const workId = stage.works.get("L2")!;
  await sell(stage, ["L2"]);
  await advance(stage, 1);
  await setShares(stage.db, stage.house, {
    workId,
    shares: [
      { memberId: member("ana"), parts: 60 },
      { memberId: member("chloe"), parts: 40 },
    ],
    by: member("chloe"),
  });
  const now = stage.clock.now();
  const { shares } = (await sharesOfWork(stage.db, workId, now))!;
  expect(shares.map((share) => [share.name, share.parts, share.acceptedAt !== null])).toEqual([
    ["ana", 60, false],
    ["chloe", 40, true],
  ]);
  expect(await sharesToAccept(stage.db, member("ana"), now)).toMatchObject([
    { title: "L2", parts: 60, wholeParts: 100 },
  ]);
  await sell(stage, ["L2"]);
  const { rows } = await sql<{ lists: number; parts: number }>`
    select count(distinct share_list_id)::integer as lists, count(part.*)::integer as parts
    from sale_line join split_part as part on part.sale_line_id = sale_line.id and part.stage = 'shares'
    where work_id = ${workId}`.execute(stage.db);
  expect(rows[0]).toEqual({ lists: 2, parts: 3 });
  expect(await brokenChecks(stage.db)).toEqual([]);
});

test("shares that are not whole, all 0, twice a member, of nobody, or in the past are refused", async () => {
  const ana = stage.members.get("ana")!.id;
  const set = (shares: { memberId: string; parts: number }[], from?: Date) =>
    setShares(stage.db, stage.house, { workId: stage.works.get("L2")!, shares, from });
  const invalid = { code: "shares_invalid" };
  await expect(set([{ memberId: ana, parts: 1.5 }])).rejects.toMatchObject(invalid);
  await expect(set([{ memberId: ana, parts: 0 }])).rejects.toMatchObject(invalid);
  await expect(
    set([
      { memberId: ana, parts: 1 },
      { memberId: ana, parts: 1 },
    ]),
  ).rejects.toMatchObject(invalid);
  await expect(set([{ memberId: v7(), parts: 1 }])).rejects.toMatchObject(invalid);
  await expect(
    set([{ memberId: ana, parts: 1 }], new Date("2026-03-01T00:00:00-05:00")),
  ).rejects.toMatchObject(invalid);
});
