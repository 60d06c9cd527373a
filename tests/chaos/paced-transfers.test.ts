import { afterAll, beforeAll, expect, test } from "vitest";
import { brokenChecks } from "#tests/database.ts";
import { open, pay } from "#tests/integration/market.ts";
import { type Stage, setStage } from "#tests/stories/stage.ts";
import { startWorker, until } from "./worker.ts";

// Two workers, each with transfers enough to exceed what Stripe takes: the pace is kept over both (money scenarios, S87).

const sales = 10;
const sharers = 50;
/** What Stripe takes. We leave 20 at most; a machine that stumbles delivers some of them late, together with the next. */
const mostInASecond = 25;
const worker = new URL("../../workers/index.ts", import.meta.url);

let stage: Stage;
beforeAll(async () => {
  const names = Array.from({ length: sharers }, (_, i) => `m${i + 1}`);
  stage = await setStage(
    {
      name: "paced",
      title: "Many share in one work",
      start: new Date().toISOString(),
      currency: "cad",
      coops: [{ id: "A", account: "platform" }],
      members: names.map((id) => ({ id, account: "active" as const })),
      rules: [
        {
          id: "R",
          coop: "A",
          from: "2026-01-01T00:00:00-05:00",
          voted: "2025-12-10T19:00:00-05:00",
          steps: [
            { kind: "fee", borne_by: "all" },
            { kind: "percent", bp: 1000, to: "operating" },
            { kind: "shares" },
          ],
        },
      ],
      works: [{ id: "X", coop: "A", price: 5000, shares: names.map((member) => ({ member, parts: 1 })) }],
      taxes: [],
      steps: [],
    },
    { real: true },
  );
}, 60_000);
afterAll(() => stage.close());

test("five hundred transfers by two workers: none fails, none is refused for haste, never more than twenty leave in a second", {
  timeout: 180_000,
}, async () => {
  await stage.double.control.rateLimit({ on: "transfer", perSecond: mostInASecond });
  for (let i = 0; i < sales; i += 1) {
    const { saleId } = await open(stage, ["X"]);
    await pay(stage, saleId);
  }
  const settings = { databaseUrl: stage.database.url, stripeUrl: stage.double.url };
  const began = Date.now();
  const workers = [startWorker(worker, settings), startWorker(worker, settings)];
  try {
    await until("all transfers are sent", 120, async () => {
      const { sent } = await stage.db
        .selectFrom("transfer")
        .select(({ fn }) => fn.countAll<number>().as("sent"))
        .where("state", "=", "sent")
        .executeTakeFirstOrThrow();
      return sent === sales * sharers;
    });
  } finally {
    await Promise.all(workers.map((each) => each.stop()));
  }
  const took = (Date.now() - began) / 1000;
  expect((sales * sharers) / took).toBeLessThan(20);
  const calls = await stage.db.selectFrom("transfer").select(["calls", "state"]).execute();
  expect(calls.filter(({ state }) => state !== "sent")).toEqual([]);
  // A 429 would have been tried again, with the same key: a call more.
  expect(calls.filter(({ calls }) => calls > 1).length).toBe(0);
  const { transfers } = await stage.double.control.snapshot();
  expect(transfers.length).toBe(sales * sharers);
  expect(await brokenChecks(stage.db)).toEqual([]);
  console.log(`${transfers.length} transfers in ${took.toFixed(1)} s by two workers`);
});
