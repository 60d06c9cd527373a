import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { activeAccount, open, openSession, paid } from "./stripe-double.ts";

describe("the control over HTTP", () => {
  const post = (url: string, verb: string, body: unknown, type = "application/json") =>
    fetch(`${url}/_double/${verb}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": type },
    });

  test("does the same as the functions", async () => {
    const bench = await open();
    const session = await openSession(bench);
    const answer = await post(bench.double.url, "pay", { session: session.id });
    expect(await answer.json()).toMatchObject({ outcome: "paid" });
    const snapshot = await (await fetch(`${bench.double.url}/_double/snapshot`)).json();
    expect(snapshot).toEqual(await bench.double.control.snapshot());
    const moved = await post(bench.double.url, "clock", { to: "2026-06-02T00:00:00-04:00" });
    expect(await moved.json()).toEqual({ now: "2026-06-02T04:00:00.000Z" });
  });

  test("refuses what it does not understand, and forms of other sites", async () => {
    const { double } = await open();
    expect((await post(double.url, "pay", {})).status).toBe(400);
    expect((await post(double.url, "pay", { session: "cs_test_none" })).status).toBe(400);
    expect((await post(double.url, "events", { mode: "sideways" })).status).toBe(400);
    expect((await post(double.url, "toString", {})).status).toBe(404);
    expect((await post(double.url, "reset", {}, "text/plain")).status).toBe(415);
    await expect(double.control.account({ account: "acct_none", state: "active" })).rejects.toThrow(
      "acct_none",
    );
  });

  test("resets everything but where the webhooks go", async () => {
    const bench = await open({ webhookUrl: "http://127.0.0.1:1/" });
    await paid(bench);
    await bench.double.control.fault({ on: "refund", fault: "pending" });
    await bench.double.control.reset();
    const after = await bench.double.control.snapshot();
    expect(after).toMatchObject({ sessions: [], charges: [], faults: [], balanceTransactions: [] });
    expect(after.balance.available).toEqual({ cad: after.balance.openingFloat });
    await paid(bench);
  });
});

describe("the state", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "stripe-state-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("is there again after a restart: sessions, money, keys, what was planned", async () => {
    const dataDir = join(folder, "kept", "deep");
    const first = await open({ dataDir });
    const ana = await activeAccount(first);
    const { charge } = await paid(first);
    const transfer = { amount: 100, currency: "cad", destination: ana, source_transaction: charge };
    const made = await first.stripe.transfers.create(transfer, { idempotencyKey: "tr:1" });
    const session = await openSession(first, { sale: "s2" });
    const before = await first.double.control.snapshot();
    await first.double.close();
    expect(readdirSync(dataDir)).toEqual(["stripe.json"]);
    expect(readFileSync(join(dataDir, "stripe.json"), "utf8")).not.toContain("sk_test_0123456789abcdef");

    const second = await open({ dataDir });
    expect(await second.double.control.snapshot()).toEqual(before);
    expect((await second.stripe.transfers.create(transfer, { idempotencyKey: "tr:1" })).id).toBe(made.id);
    expect((await second.double.control.snapshot()).transfers).toHaveLength(1);
    await second.double.control.clock({ advanceSeconds: 32 * 60 });
    expect((await second.stripe.checkout.sessions.retrieve(session.id)).status).toBe("expired");
  });

  test("is written soon after a change, without being asked", async () => {
    const dataDir = join(folder, "soon");
    const bench = await open({ dataDir });
    const { id } = await openSession(bench);
    await expect
      .poll(() => readFileSync(join(dataDir, "stripe.json"), "utf8"), { timeout: 3000 })
      .toContain(id);
  });

  test("that cannot be read stops the start, and is not written over", async () => {
    const dataDir = join(folder, "broken");
    await (await open({ dataDir })).double.close();
    writeFileSync(join(dataDir, "stripe.json"), "{ half");
    await expect(open({ dataDir })).rejects.toThrow("stripe.json");
    expect(readFileSync(join(dataDir, "stripe.json"), "utf8")).toBe("{ half");
  });
});

describe("the clock", () => {
  test("stands still, and moves only forward through what is due, each at its own time", async () => {
    const bench = await open({ feeDelayMs: 60_000 });
    const { charge } = await paid(bench);
    await bench.double.control.clock({ advanceSeconds: 3600 });
    const { balanceTransaction } = await bench.gateway.fetchCharge(charge);
    expect(balanceTransaction?.createdAt).toEqual(new Date("2026-06-01T16:01:00Z"));
    expect((await bench.now()).toISOString()).toBe("2026-06-01T17:00:00.000Z");
    await expect(bench.double.control.clock({ to: "2026-06-01T16:00:00Z" })).rejects.toThrow("backwards");
  });

  test("real, it settles, expires and delivers by itself", async () => {
    const bench = await open({ clock: "real", feeDelayMs: 30 });
    const { charge } = await paid(bench);
    await expect
      .poll(async () => (await bench.gateway.fetchCharge(charge)).balanceTransaction?.fee, { timeout: 3000 })
      .toBe(74);
    await expect(bench.double.control.clock({ advanceSeconds: 1 })).rejects.toThrow("real one");
  });
});
