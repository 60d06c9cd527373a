import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { brokenChecks } from "#tests/database.ts";
import { feeKnown, open, openMarket, pay } from "#tests/integration/market.ts";
import { readSections } from "#tests/stories/sections.ts";
import { startWorker, until } from "./worker.ts";

const mortal = new URL("worker-to-kill.ts", import.meta.url);
const worker = new URL("../../workers/index.ts", import.meta.url);

/** From the payment to the last transfer: each place where a process can stop having done one thing and not the next. */
const points = [
  "before fetchCheckout",
  "after fetchCheckout",
  "in the transaction that rings send-receipt",
  "after fetchCharge",
  "in the transaction that rings send-parts",
  "in the transaction that rings pay-out",
  "before sendTransfer",
  "after sendTransfer",
];

test.concurrent.for(points)(
  "kill -9 %s: the next worker finishes it within a minute, and nothing is done twice",
  { timeout: 150_000 },
  async (killAt, { expect: want }) => {
    const stage = await openMarket({ real: true });
    const settings = { databaseUrl: stage.database.url, stripeUrl: stage.double.url };
    const first = startWorker(mortal, { ...settings, killAt });
    try {
      const { saleId } = await open(stage, ["L1"]);
      stage.sales.set("s1", { id: saleId });
      // The charge is asked about only where the fee was not known when the sale was settled.
      const feeComesLater = killAt === "after fetchCharge";
      await pay(stage, saleId, ...(feeComesLater ? (["later"] as const) : []));
      // A place that the code no longer passes would be waited for until the test's own end, which tells nothing.
      want(await Promise.race([first.ended, pause(60_000, "never came there", { ref: false })])).toBe(
        "SIGKILL",
      );
      if (feeComesLater) await feeKnown(stage, saleId);

      const second = startWorker(worker, settings);
      try {
        const sent = async () =>
          (await stage.db.selectFrom("transfer").select("id").where("state", "=", "sent").execute())
            .length === 3;
        await until("three transfers", 60, sent);
      } finally {
        await second.stop();
      }
      const { entries, transfers, balances, rights } = await readSections(stage);
      want(entries.map((entry) => entry.kind).sort()).toEqual([
        "sale",
        "split",
        "transfer",
        "transfer",
        "transfer",
      ]);
      want(transfers.map((each) => [each.destination, each.amount]).sort()).toEqual([
        ["ana", 628],
        ["benoit", 376],
        ["chloe", 251],
      ]);
      want(balances).toEqual({ "coopA:operating": -143, "coopA:solidarity": -28, stripe: 171 });
      want(rights).toEqual({ "s1/L1": 1 });
      want(await brokenChecks(stage.db)).toEqual([]);
    } finally {
      await first.stop();
      await stage.close();
    }
  },
);

test("the worker ends by itself when it is asked to", async () => {
  const stage = await openMarket({ real: true });
  const child = startWorker(worker, { databaseUrl: stage.database.url, stripeUrl: stage.double.url });
  try {
    await until("the worker is at work", 30, async () => {
      const { rows } = await sql`select from pgboss.schedule`.execute(stage.db);
      return rows.length > 0;
    });
    child.process.kill("SIGTERM");
    expect(await child.ended).toBe(0);
  } finally {
    await child.stop();
    await stage.close();
  }
}, 60_000);
