import { v7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isDatabaseAway } from "#db/connection.ts";
import type { ScratchDatabase } from "#tests/database.ts";
import { type Ground, openGround } from "./ground.ts";

// What stands in the place of the queue's table in most histories is rung and cut as that is.

let ground: Ground;
let database: ScratchDatabase;
beforeAll(async () => {
  ground = await openGround();
  database = await ground.database({ whole: false });
});
afterAll(() => ground.close());

const person = () => ({ id: v7(), email: `${v7()}@exemple.org`, name: "Ana", created_at: new Date() });
const people = async () => (await database.db.selectFrom("person").select("id").execute()).length;
const job = (n: number) => ({ name: "pay-out", data: { n } });

/** One person and one job, in one transaction. */
const both = (n: number, fails = false) =>
  database.db.transaction().execute(async (trx) => {
    await trx.insertInto("person").values(person()).execute();
    await database.queue.enqueue(trx, "pay-out", { n });
    expect(database.takeJob?.()).toBeUndefined();
    if (fails) throw new Error("thought better of it");
  });

test("a job is there when its transaction commits, and never where it does not", async () => {
  await both(1);
  expect(database.takeJob?.()).toMatchObject(job(1));
  await expect(both(2, true)).rejects.toThrow("thought better of it");
  expect([database.takeJob?.(), await people()]).toEqual([undefined, 1]);
});

test.for([
  ["before the first statement", 2, "none", 0],
  ["before the commit", 4, "none", 0],
  ["once the commit was done, its answer lost", 4, "lost", 1],
] as const)(
  "cut %s: the job is there where the row is",
  async ([, statements, answer, written], { expect: want }) => {
    const before = await people();
    database.cutAt?.({ statements, answer });
    const error = await database.underFire?.(() => both(3)).catch((thrown: unknown) => thrown);
    want(isDatabaseAway(error)).toBe(true);
    want((await people()) - before).toBe(written);
    want(database.takeJob?.()).toEqual(written ? want.objectContaining(job(3)) : undefined);
  },
);

test("jobs are taken in the order in which their transactions began, those put off after all others", async () => {
  await database.queue.enqueue(database.db, "pay-out", { n: 9 }, { startAfter: 60 });
  await database.queue.enqueueAll(database.db, "pay-out", [{ n: 2 }, { n: 1 }]);
  await database.queue.enqueue(database.db, "pay-out", { n: 3 });
  const taken = [1, 2, 3, 4].map(() => database.takeJob?.()?.data);
  expect(taken).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 9 }]);
});
