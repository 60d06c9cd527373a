import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { post } from "#domain/ledger/post.server.ts";
import { appendLog, leafContents } from "#domain/transparency/append-log.server.ts";
import { inclusionProof, isIncluded, leafHash } from "#domain/transparency/merkle.ts";
import { setClock } from "#gateways/clock.ts";
import { freshDatabase, type ScratchDatabase } from "#tests/database.ts";

let scratch: ScratchDatabase;
const house = { clock: setClock("2026-03-02T10:00:00-05:00") };
const ana = `member:${v7()}`;
const benoit = `member:${v7()}`;
beforeAll(async () => {
  scratch = await freshDatabase();
});
afterAll(() => scratch.close());

const owe = (key: string, to: string[]) =>
  scratch.db.transaction().execute((trx) =>
    post(trx, house, {
      key,
      kind: "transfer",
      postings: [
        { account: "stripe", amount: 10 * to.length },
        ...to.map((account) => ({ account, amount: -10 })),
      ],
    }),
  );

/** Each leaf with what the books say of its posting. */
async function leaves() {
  const { rows } = await sql<{
    position: number;
    salt: Buffer;
    hash: Buffer;
    number: number;
    key: string;
    kind: string;
    account: string;
    amount: number;
    currency: string;
    postedAt: Date;
  }>`select position, salt, hash, number, key, kind, account, amount, currency, posted_at as "postedAt"
    from log_leaf join entry on entry.id = entry_id join posting using (entry_id, account) order by position`.execute(
    scratch.db,
  );
  return rows;
}

test("each posting of a member is a leaf, in the order of the books, and proves itself against the root", async () => {
  await owe("a", [ana, benoit]);
  await owe("b", ["coop:x:operating"]);
  await owe("c", [benoit]);
  expect(await appendLog(scratch.db, house)).toBe(3);
  expect(await appendLog(scratch.db, house)).toBe(0);
  await owe("d", [ana]);
  expect(await appendLog(scratch.db, house)).toBe(1);
  const all = await leaves();
  expect(all.map(({ position, key, account }) => [position, key, account])).toEqual([
    ...[ana, benoit].sort().map((account, i) => [i, "a", account]),
    [2, "c", benoit],
    [3, "d", ana],
  ]);
  const { root } = await scratch.db
    .selectFrom("log_head")
    .select("root")
    .where("size", "=", 4)
    .executeTakeFirstOrThrow();
  for (const { position, hash, salt, ...posting } of all) {
    const proof = inclusionProof(
      all.map((each) => each.hash),
      position,
    );
    expect(leafHash(leafContents(salt, posting))).toEqual(hash);
    expect(isIncluded(hash, position, 4, proof, root)).toBe(true);
    expect(
      isIncluded(
        leafHash(leafContents(salt, { ...posting, amount: posting.amount + 1 })),
        position,
        4,
        proof,
        root,
      ),
    ).toBe(false);
  }
});

test("an entry that is still being written is waited for, also by those with a higher number", async () => {
  let written = () => {};
  const later = new Promise<void>((resolve) => {
    written = resolve;
  });
  let begun = () => {};
  const beginning = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const slow = scratch.db.transaction().execute(async (trx) => {
    const postings = [
      { account: "stripe", amount: 5 },
      { account: ana, amount: -5 },
    ];
    await post(trx, house, { key: "slow", kind: "transfer", postings });
    begun();
    await later;
  });
  await beginning;
  // Another member: Ana's balance is held by the slow one.
  await owe("quick", [benoit]);
  expect(await appendLog(scratch.db, house)).toBe(0);
  written();
  await slow;
  expect(await appendLog(scratch.db, house)).toBe(2);
  expect((await leaves()).slice(-2).map(({ key }) => key)).toEqual(["slow", "quick"]);
});

test("several at once add each posting once", async () => {
  for (const key of ["e", "f", "g"]) await owe(key, [ana]);
  const added = await Promise.all([1, 2, 3].map(() => appendLog(scratch.db, house)));
  expect(added.reduce((sum, each) => sum + each)).toBe(3);
  const all = await leaves();
  expect(all.map(({ position }) => position)).toEqual(all.map((_, i) => i));
});

test("a leaf is neither changed nor removed", async () => {
  await expect(sql`update log_leaf set hash = salt || salt`.execute(scratch.db)).rejects.toThrow();
  await expect(sql`delete from log_head`.execute(scratch.db)).rejects.toThrow();
});
