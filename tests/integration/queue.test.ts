import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction, openDatabase } from "#db/connection.ts";
import { openQueue } from "#db/queue.ts";
import { jobs } from "#domain/jobs.ts";
import { freshDatabase, type ScratchDatabase } from "#tests/database.ts";

let scratch: ScratchDatabase;
beforeAll(async () => {
  scratch = await freshDatabase();
});
afterAll(() => scratch.close());

// Just started, as after a deployment in the middle of a busy evening; `new-kind`: the first start that knows this job.
test.each([
  ["known", Object.keys(jobs)],
  ["new-kind", [...Object.keys(jobs), "new-kind"]],
])("as many transactions as the pool has connections each ring their first job: %s", async (kind, names) => {
  const { db, pool } = openDatabase(scratch.url, { max: 2 });
  const queue = await openQueue({ pool, work: false, names, onError: () => {} });
  const job = kind === "known" ? "send-receipt" : kind;
  try {
    let holding = 0;
    let release = () => {};
    const allHold = new Promise<void>((resolve) => {
      release = resolve;
    });
    await Promise.all(
      [1, 2].map((n) =>
        inTransaction(db, async (trx) => {
          await trx.selectFrom("coop").select("id").execute();
          holding += 1;
          if (holding === 2) release();
          await allHold;
          await queue.enqueue(trx, job, { n });
        }),
      ),
    );
    expect(await queue.boss.findJobs(job)).toHaveLength(2);
  } finally {
    await queue.close();
    await db.destroy();
  }
});
