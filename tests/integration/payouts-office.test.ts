import { v7 } from "uuid";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clearHold } from "#domain/payouts/clear-hold.server.ts";
import { choicesFor } from "#domain/payouts/payee-choice-queries.server.ts";
import { findPayee, historyOfPayee, payeesOfCoop } from "#domain/payouts/payee-queries.server.ts";
import { recordNotice } from "#domain/payouts/record-notice.server.ts";
import { retryPayee } from "#domain/payouts/retry-payee.server.ts";
import { Refusal } from "#domain/refusal.ts";
import { brokenChecks } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import { accountOf, type Stage } from "#tests/stories/stage.ts";
import { advance, openMarket, sell } from "./market.ts";

// What staff see of the payees of their co-op, and what they do where money stopped. Ana keeps the books of A, Eve those of B.

let stage: Stage;
let ana: string;
let eve: string;
beforeEach(async () => {
  stage = await openMarket({ members: { farid: { account: "none" } } });
  [ana, eve] = await Promise.all([treasurer("A", "ana"), treasurer("B", "eve")]);
});
afterEach(async () => {
  expect(await brokenChecks(stage.db)).toEqual([]);
  await stage.close();
});

async function treasurer(coop: string, label: string): Promise<string> {
  const { personId } = stage.members.get(label)!;
  await stage.db
    .insertInto("coop_role")
    .values({
      coop_id: stage.coops.get(coop)!,
      person_id: personId,
      role: "treasurer",
      granted_at: stage.clock.now(),
    })
    .execute();
  return personId;
}
const of = (label: string) => `member:${stage.members.get(label)!.id}` as const;
const sentTo = async (label: string) => {
  const { transfers } = await stage.double.control.snapshot();
  return transfers.filter((each) => each.destination === accountOf(stage, label)).map((each) => each.amount);
};
const refusalOf = async (asked: Promise<unknown>) => {
  const error: unknown = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refusal)) throw error ?? new Error("was not refused");
  return error.code;
};
const misuseKeys = (label: string, times: number | "always" = 1) =>
  stage.double.control.fault({
    on: "transfer",
    fault: "idempotency_error",
    destination: accountOf(stage, label)!,
    times,
  });

test("payees are those of one's own co-op, what waits for a person first; of another one there is nothing", async () => {
  await misuseKeys("dan");
  await sell(stage, ["M1"]);
  const coopId = stage.coops.get("B")!;
  const payees = (await payeesOfCoop(stage.db, eve, coopId))!;
  expect(payees.map(({ name, owed, heldBecause }) => [name, owed, heldBecause])).toEqual([
    ["dan", 322, "needs_a_person"],
    ["farid", 321, "no_account"],
    ["B", 0, null],
    ["eve", 0, null],
  ]);
  expect(payees[0]).toMatchObject({ heldSince: stage.clock.now(), lastSent: null });
  expect(payees[3]).toMatchObject({ lastSent: { amount: 322 } });
  expect(await payeesOfCoop(stage.db, ana, coopId)).toBeNull();
  expect(await findPayee(stage.db, ana, of("dan"))).toBeNull();
  expect(await findPayee(stage.db, eve, of("dan"))).toMatchObject({ name: "dan", held: 322 });
  expect(await refusalOf(retryPayee(stage.db, stage.house, { destination: of("dan"), personId: ana }))).toBe(
    "not_found",
  );
});

test("S96: a transfer that stopped never leaves under a new key by itself; a person clears it, and it goes once", async () => {
  await misuseKeys("dan");
  await sell(stage, ["M1"]);
  await sell(stage, ["M1"]);
  await advance(stage, 25 * 60);
  await stage.house.queue.enqueue(stage.db, "sweep-sales", {});
  await stage.double.control.fundsAvailable();
  await drain(stage);
  expect(await sentTo("dan")).toEqual([]);
  const asked = { destination: of("dan"), personId: eve, words: "Rien sous ce groupe au tableau de bord." };
  expect(await refusalOf(retryPayee(stage.db, stage.house, asked))).toBe("clear_first");
  expect(await refusalOf(clearHold(stage.db, stage.house, { ...asked, personId: ana }))).toBe("not_found");
  expect(await refusalOf(clearHold(stage.db, stage.house, { ...asked, destination: of("eve") }))).toBe(
    "nothing_stuck",
  );
  expect(await clearHold(stage.db, stage.house, asked)).toEqual({ adopted: 0, anew: 1 });
  await drain(stage);
  expect((await sentTo("dan")).sort()).toEqual([322, 322]);
  expect(await refusalOf(clearHold(stage.db, stage.house, asked))).toBe("nothing_stuck");
  const { acts, transfers } = await historyOfPayee(stage.db, of("dan"));
  expect(acts).toMatchObject([{ act: "clear", words: asked.words, by: "eve", at: stage.clock.now() }]);
  const keys = await stage.db
    .selectFrom("transfer")
    .select("key")
    .where("destination", "=", of("dan"))
    .execute();
  expect(new Set(keys.map(({ key }) => key)).size).toBe(3);
  expect(transfers.map(({ state }) => state).sort()).toEqual(["refused", "sent", "sent"]);
});

test("what Stripe had made all the same is adopted when it is cleared, and not sent again", async () => {
  await misuseKeys("dan");
  const saleId = await sell(stage, ["M1"]);
  const stuck = await stage.db
    .selectFrom("transfer")
    .innerJoin("sale", "sale.id", "transfer.sale_id")
    .select(["transfer.id", "sale.stripe_charge as charge"])
    .where("transfer.state", "=", "stuck")
    .executeTakeFirstOrThrow();
  const made = (amount: number) =>
    stage.house.stripe.sendTransfer(
      {
        amount,
        currency: "cad",
        destination: accountOf(stage, "dan")!,
        sourceTransaction: stuck.charge!,
        transferGroup: `sale_${saleId}`,
        metadata: { transfer_id: stuck.id },
      },
      { idempotencyKey: v7() },
    );
  await made(322);
  const cleared = await clearHold(stage.db, stage.house, {
    destination: of("dan"),
    personId: eve,
    words: "Il y est.",
  });
  expect(cleared).toEqual({ adopted: 1, anew: 0 });
  await drain(stage);
  expect(await sentTo("dan")).toEqual([322]);
  expect(await findPayee(stage.db, eve, of("dan"))).toMatchObject({ owed: 0, sent: 322, heldBecause: null });
});

test("made for another amount: it is not cleared before somebody has put that right at Stripe", async () => {
  await misuseKeys("dan");
  const saleId = await sell(stage, ["M1"]);
  const { id } = await stage.db
    .selectFrom("transfer")
    .select("id")
    .where("state", "=", "stuck")
    .executeTakeFirstOrThrow();
  await stage.house.stripe.sendTransfer(
    {
      amount: 100,
      currency: "cad",
      destination: accountOf(stage, "dan")!,
      transferGroup: `sale_${saleId}`,
      metadata: { transfer_id: id },
    },
    { idempotencyKey: v7() },
  );
  const asked = { destination: of("dan"), personId: eve, words: "Un autre montant." };
  expect(await refusalOf(clearHold(stage.db, stage.house, asked))).toBe("transfer_differs");
  expect(await findPayee(stage.db, eve, of("dan"))).toMatchObject({ heldBecause: "needs_a_person" });
});

test("tried again by staff: a refused account is forgotten and asked once more, and who did it is kept", async () => {
  await stage.double.control.fault({
    on: "transfer",
    fault: "account_invalid",
    destination: accountOf(stage, "dan")!,
  });
  await sell(stage, ["M1"]);
  expect(await findPayee(stage.db, eve, of("dan"))).toMatchObject({ heldBecause: "stripe_refused" });
  await retryPayee(stage.db, stage.house, { destination: of("dan"), personId: eve });
  await drain(stage);
  expect(await sentTo("dan")).toEqual([322]);
  await stage.double.control.fault({
    on: "transfer",
    fault: "balance_insufficient",
    destination: accountOf(stage, "dan")!,
  });
  await sell(stage, ["M1"]);
  await retryPayee(stage.db, stage.house, { destination: of("dan"), personId: eve });
  await drain(stage);
  expect(await sentTo("dan")).toEqual([322, 322]);
  const { acts } = await historyOfPayee(stage.db, of("dan"));
  expect(acts.map(({ act, by }) => [act, by])).toEqual([
    ["retry", "eve"],
    ["retry", "eve"],
  ]);
});

test("staff are offered what makes sense: a notice for who cannot be sent anything, and its day is kept", async () => {
  await sell(stage, ["M1"]);
  const choices = async (label: string) =>
    choicesFor(stage.db, stage.house, (await findPayee(stage.db, eve, of(label)))!);
  expect(await choices("dan")).toMatchObject({ clear: false, share: true, outside: 0, notice: false });
  expect(await choices("farid")).toMatchObject({ share: false, outside: 321, notice: true, unclaimed: null });
  const notice = { destination: of("farid"), personId: eve, words: "Par la poste, à sa dernière adresse." };
  expect(await refusalOf(recordNotice(stage.db, stage.house, { ...notice, on: "2026-03-03" }))).toBe(
    "notice_in_future",
  );
  await recordNotice(stage.db, stage.house, { ...notice, on: "2026-03-01" });
  expect((await historyOfPayee(stage.db, of("farid"))).acts).toMatchObject([
    { act: "notice", on: "2026-03-01", words: notice.words, by: "eve" },
  ]);
  // Not three years due.
  expect(await choices("farid")).toMatchObject({ unclaimed: null });
  await advance(stage, 3 * 366 * 24 * 60);
  expect(await choices("farid")).toMatchObject({ unclaimed: { amount: 321, noticeOn: "2026-03-01" } });
});
