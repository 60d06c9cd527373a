import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adoptRule } from "#domain/governance/adopt-rule.server.ts";
import { rulesInForce, rulesOf } from "#domain/governance/queries.server.ts";
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
const adopt = (code: string, inForceFrom: string, votedAt: string | null, of: unknown = steps) =>
  adoptRule(stage.db, stage.house, {
    coopId: stage.coops.get("A")!,
    code,
    steps: of,
    inForceFrom: new Date(inForceFrom),
    votedAt: votedAt === null ? null : new Date(votedAt),
  });
const inForce = async (at: string) =>
  (await rulesInForce(stage.db, [stage.coops.get("A")!], new Date(at))).get(stage.coops.get("A")!)?.code;

test("a version is in force from its instant, that one included, until the next; one still before its vote never is", async () => {
  await adopt("R2", "2026-04-01T00:00:00-04:00", "2026-03-01T19:00:00-05:00");
  await adopt("R3", "2026-05-01T00:00:00-04:00", null);
  expect(await inForce("2026-03-31T23:59:59-04:00")).toBe("R1");
  expect(await inForce("2026-04-01T00:00:00-04:00")).toBe("R2");
  expect(await inForce("2026-06-01T00:00:00-04:00")).toBe("R2");
  expect(await inForce("2025-12-31T00:00:00-05:00")).toBeUndefined();
  expect((await rulesOf(stage.db, stage.coops.get("A")!)).map((rule) => rule.code)).toEqual([
    "R3",
    "R2",
    "R1",
  ]);
});

test("back-dated, before its vote, at the same instant, or no rule: refused, by the database too", async () => {
  await expect(adopt("R4", "2026-03-01T00:00:00-05:00", "2026-02-01T00:00:00-05:00")).rejects.toMatchObject({
    code: "rule_backdated",
  });
  await expect(adopt("R4", "2026-07-01T00:00:00-04:00", "2026-07-02T00:00:00-04:00")).rejects.toMatchObject({
    code: "rule_backdated",
  });
  await expect(adopt("R4", "2026-04-01T00:00:00-04:00", "2026-03-01T00:00:00-05:00")).rejects.toMatchObject({
    code: "rule_overlap",
  });
  await expect(adopt("R4", "2026-08-01T00:00:00-04:00", null, steps.slice(1))).rejects.toMatchObject({
    code: "rule_invalid",
  });
  const insert = (from: string, voted: string) =>
    sql`insert into rule (id, coop_id, code, steps, in_force_from, voted_at, created_at)
    values (${v7()}, ${stage.coops.get("A")!}, ${v7()}, '[]', ${from}, ${voted}, ${stage.clock.now()})`.execute(
      stage.db,
    );
  await expect(insert("2026-02-01", "2026-01-01")).rejects.toThrow("rule_not_backdated");
  await expect(insert("2026-07-01", "2026-07-02")).rejects.toThrow("rule_not_before_its_vote");
  await expect(insert("2026-04-01T00:00:00-04:00", "2026-03-01")).rejects.toThrow(
    "rule_coop_id_in_force_from_key",
  );
});

test("two votes for the same instant at once: one is written", async () => {
  const both = await Promise.allSettled([
    adopt("R5", "2026-09-01T00:00:00-04:00", "2026-03-01T00:00:00-05:00"),
    adopt("R6", "2026-09-01T00:00:00-04:00", "2026-03-01T00:00:00-05:00"),
  ]);
  expect(both.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((each) => each.status === "rejected")).toMatchObject({ reason: { code: "rule_overlap" } });
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
    from sale_line join split_part as part on part.sale_line_id = sale_line.id and part.stage = 'shares'`.execute(
    stage.db,
  );
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
