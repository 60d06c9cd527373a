import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LedgerConflict, post, postAll } from "#domain/ledger/post.server.ts";
import { balances, creditOf } from "#domain/ledger/queries.server.ts";
import { setClock } from "#gateways/clock.ts";
import { brokenChecks, freshDatabase, type ScratchDatabase } from "#tests/database.ts";

let scratch: ScratchDatabase;
const house = { clock: setClock("2026-03-02T10:00:00-05:00") };
const ana = v7();
beforeAll(async () => {
  scratch = await freshDatabase();
});
afterAll(() => scratch.close());

const enter = (key: string, postings: { account: string; amount: number }[], stripeObject?: string) =>
  scratch.db
    .transaction()
    .execute((trx) =>
      post(trx, house, { key, kind: "transfer", postings, ...(stripeObject && { stripeObject }) }),
    );

test("an entry is posted once: the same again changes nothing, other contents under its key are refused", async () => {
  const postings = [
    { account: "stripe", amount: -628 },
    { account: `member:${ana}`, amount: 628 },
  ];
  expect(await enter("k1", postings)).toBe(true);
  expect(await enter("k1", [...postings].reverse())).toBe(false);
  await expect(
    enter("k1", [
      { account: "stripe", amount: -1 },
      { account: `member:${ana}`, amount: 1 },
    ]),
  ).rejects.toThrow(LedgerConflict);
  expect(Object.fromEntries(await balances(scratch.db, [`member:${ana}`]))).toEqual({
    [`member:${ana}`]: 628,
  });
});

test("of many at once those that are known are left, and one that is told otherwise refuses them all", async () => {
  const entry = (key: string, amount: number) => ({
    key,
    kind: "transfer" as const,
    postings: [
      { account: "stripe", amount: -amount },
      { account: "member:many", amount },
    ],
  });
  const all = (...entries: ReturnType<typeof entry>[]) =>
    scratch.db.transaction().execute((trx) => postAll(trx, house, entries));
  expect(await all()).toEqual(new Set());
  expect(await all(entry("m1", 5), entry("m2", 7))).toEqual(new Set(["m1", "m2"]));
  expect(await all(entry("m2", 7), entry("m3", 1))).toEqual(new Set(["m3"]));
  await expect(all(entry("m4", 9), entry("m1", 6))).rejects.toThrow("m1 is posted with other contents");
  await expect(all(entry("m4", 9), entry("m5", 0))).rejects.toThrow("m5 does not balance");
  await expect(all(entry("m6", 2), entry("m6", 3))).rejects.toThrow(LedgerConflict);
  expect((await balances(scratch.db, ["member:many"])).get("member:many")).toBe(13);
});

test("ten at once with the same key are one entry", async () => {
  const postings = [
    { account: "stripe", amount: -5 },
    { account: "bank", amount: 5 },
  ];
  const entered = await Promise.all(Array.from({ length: 10 }, () => enter("k2", postings)));
  expect(entered.filter(Boolean)).toHaveLength(1);
});

test("amounts on one account are summed, zeros left out, and what does not balance is no entry", async () => {
  await enter("k3", [
    { account: "coop:x:operating", amount: -150 },
    { account: "coop:x:operating", amount: 74 },
    { account: "stripe", amount: 76 },
    { account: "coop:x:reserve", amount: 0 },
  ]);
  const { rows } = await sql<{ account: string; amount: number }>`
    select account, amount from posting join entry on entry.id = entry_id where key = 'k3' order by account`.execute(
    scratch.db,
  );
  expect(rows).toEqual([
    { account: "coop:x:operating", amount: -76 },
    { account: "stripe", amount: 76 },
  ]);
  await expect(
    enter("k4", [
      { account: "stripe", amount: 1 },
      { account: "bank", amount: -2 },
    ]),
  ).rejects.toThrow("does not balance");
  await expect(enter("k4", [{ account: "stripe", amount: 0 }])).rejects.toThrow("does not balance");
});

test("what moved at Stripe is posted once of each kind", async () => {
  const postings = [
    { account: "stripe", amount: -5 },
    { account: "bank", amount: 5 },
  ];
  await enter("k5", postings, "tr_1");
  await expect(enter("k6", postings, "tr_1")).rejects.toThrow("entry_stripe_object");
});

test("balances tell debits, what is owed tells credits", async () => {
  const { db } = scratch;
  const member = v7();
  await enter("k8", [
    { account: "stripe", amount: 900 },
    { account: `member:${member}`, amount: -900 },
  ]);
  await enter("k9", [
    { account: "stripe", amount: -400 },
    { account: `member:${member}`, amount: 400 },
  ]);
  expect((await balances(db, [`member:${member}`, "nobody"])).get(`member:${member}`)).toBe(-500);
  expect((await creditOf(db, [`member:${member}`])).get(`member:${member}`)).toBe(500);
});

test("no check finds anything but what this test posted by hand", async () => {
  const broken = await brokenChecks(scratch.db);
  expect(broken.map((each) => each.check)).toEqual(["member-in-debt.sql", "transfer-not-in-books.sql"]);
});
