import { v7 } from "uuid";
import { afterEach, beforeEach, expect, test } from "vitest";
import { payOut } from "#domain/payouts/pay-out.server.ts";
import { booksOfCoop, payoutsOfPerson, transfersOfPerson } from "#domain/payouts/queries.server.ts";
import { sendParts } from "#domain/payouts/send-parts.server.ts";
import { startOnboarding } from "#domain/payouts/start-onboarding.server.ts";
import { acceptShare } from "#domain/revenue/accept-share.server.ts";
import { setShares } from "#domain/revenue/set-shares.server.ts";
import { settleSale } from "#domain/sales/settle-sale.server.ts";
import { splitSale } from "#domain/sales/split-sale.server.ts";
import { StripeFailure, type StripeGateway } from "#gateways/stripe.ts";
import { brokenChecks } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import { accountOf, type Stage } from "#tests/stories/stage.ts";
import { advance, open, openMarket, pay, sell } from "./market.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openMarket({ members: { farid: { account: "none" } } });
});
afterEach(async () => {
  expect(await brokenChecks(stage.db)).toEqual([]);
  await stage.close();
});

const sentTo = async (label: string) => {
  const { transfers } = await stage.double.control.snapshot();
  return transfers.filter((each) => each.destination === accountOf(stage, label)).map((each) => each.amount);
};
const standingOf = async (label: string) =>
  (await payoutsOfPerson(stage.db, stage.members.get(label)!.personId))[0]!;

/** Split and intended, and no transfer made yet. */
async function upToTheTransfers(works: string[]): Promise<{ id: string; destination: string }[]> {
  await stage.double.control.events({ mode: "drop" });
  const { saleId } = await open(stage, works);
  await pay(stage, saleId);
  await settleSale(stage.db, stage.house, { saleId });
  await splitSale(stage.db, stage.house, { saleId });
  await sendParts(stage.db, stage.house, { saleId });
  await sendParts(stage.db, stage.house, { saleId });
  return stage.db
    .selectFrom("transfer")
    .select(["id", "destination"])
    .where("sale_id", "=", saleId)
    .orderBy("id")
    .execute();
}

/** Stripe as it is, but for the first transfer: it is made, and the answer is a 500. */
function failingAfterTheFact(stripe: StripeGateway): StripeGateway {
  let failed = false;
  return {
    ...stripe,
    async sendTransfer(input, options) {
      const made = await stripe.sendTransfer(input, options);
      if (failed) return made;
      failed = true;
      throw new StripeFailure("unknown", "api_error", "An unknown error occurred.", 500);
    },
  };
}

test("a 500 after the transfer was made: the same key finds it, and it is made once", async () => {
  const [ana] = await upToTheTransfers(["L1"]);
  const house = { ...stage.house, stripe: failingAfterTheFact(stage.house.stripe) };
  await expect(payOut(stage.db, house, { transferId: ana!.id })).rejects.toThrow(StripeFailure);
  expect(await sentTo("ana")).toEqual([628]);
  expect(await payOut(stage.db, house, { transferId: ana!.id })).toBe("made");
  expect(await payOut(stage.db, house, { transferId: ana!.id })).toBe("nothing");
  expect(await sentTo("ana")).toEqual([628]);
});

test("an outcome unknown for a day: the transfer is looked for and adopted, before any new key", async () => {
  const [ana] = await upToTheTransfers(["L1"]);
  const house = { ...stage.house, stripe: failingAfterTheFact(stage.house.stripe) };
  await expect(payOut(stage.db, house, { transferId: ana!.id })).rejects.toThrow(StripeFailure);
  await advance(stage, 25 * 60);
  const never = { ...house.stripe, sendTransfer: () => Promise.reject(new Error("sent again")) };
  expect(await payOut(stage.db, { ...house, stripe: never }, { transferId: ana!.id })).toBe("made");
  expect(await sentTo("ana")).toEqual([628]);
});

test("an outcome unknown for a day, and nothing there: sent once, under a new key, and the old one never leaves again", async () => {
  const [ana] = await upToTheTransfers(["L1"]);
  await stage.double.control.fault({
    on: "transfer",
    fault: "error_500",
    destination: accountOf(stage, "ana")!,
  });
  await expect(payOut(stage.db, stage.house, { transferId: ana!.id })).rejects.toThrow(StripeFailure);
  await expect(payOut(stage.db, stage.house, { transferId: ana!.id })).rejects.toThrow(StripeFailure);
  await advance(stage, 25 * 60);
  expect(await payOut(stage.db, stage.house, { transferId: ana!.id })).toBe("renewed");
  expect(await payOut(stage.db, stage.house, { transferId: ana!.id })).toBe("nothing");
  await drain(stage);
  expect(await sentTo("ana")).toEqual([628]);
  const keys = await stage.db
    .selectFrom("transfer")
    .select(["key", "state"])
    .where("destination", "=", ana!.destination)
    .orderBy("attempt")
    .execute();
  expect(keys.map((each) => [each.key.split(":").at(-1), each.state])).toEqual([
    ["1", "refused"],
    ["2", "sent"],
  ]);
});

test("two workers at the same transfer: one calls, the other waits for its lease", async () => {
  const [ana] = await upToTheTransfers(["L1"]);
  await stage.double.control.latency({ ms: 100 });
  const outcomes = await Promise.all(
    [1, 2, 3].map(() => payOut(stage.db, stage.house, { transferId: ana!.id })),
  );
  expect(outcomes.sort()).toEqual(["leased", "leased", "made"]);
  expect(await sentTo("ana")).toEqual([628]);
});

test("a lease left by a dead worker runs out, and the transfer goes with the same key", async () => {
  const [ana] = await upToTheTransfers(["L1"]);
  const dying = { ...stage.house.stripe, sendTransfer: () => Promise.reject(new Error("kill -9")) };
  await expect(payOut(stage.db, { ...stage.house, stripe: dying }, { transferId: ana!.id })).rejects.toThrow(
    "kill -9",
  );
  expect(await payOut(stage.db, stage.house, { transferId: ana!.id })).toBe("leased");
  await advance(stage, 1);
  expect(await payOut(stage.db, stage.house, { transferId: ana!.id })).toBe("made");
  expect(await sentTo("ana")).toEqual([628]);
});

test("the queue hands the job of a dead worker out again: it goes on at once, with the same key", async () => {
  const [ana] = await upToTheTransfers(["L1"]);
  const [job, other] = [v7(), v7()];
  const dying = { ...stage.house.stripe, sendTransfer: () => Promise.reject(new Error("kill -9")) };
  await expect(
    payOut(stage.db, { ...stage.house, stripe: dying }, { transferId: ana!.id }, job),
  ).rejects.toThrow("kill -9");
  expect(await payOut(stage.db, stage.house, { transferId: ana!.id }, other)).toBe("leased");
  expect(await payOut(stage.db, stage.house, { transferId: ana!.id }, job)).toBe("made");
  expect(await sentTo("ana")).toEqual([628]);
});

test("an account that closed between the intent and the call is not called, and what was owed stays owed", async () => {
  const [ana] = await upToTheTransfers(["L1"]);
  await stage.db
    .updateTable("payout_account")
    .set({ state: "restricted" })
    .where("stripe_account", "=", accountOf(stage, "ana")!)
    .execute();
  expect(await payOut(stage.db, stage.house, { transferId: ana!.id })).toBe("refused");
  expect(await sentTo("ana")).toEqual([]);
  expect(await standingOf("ana")).toMatchObject({ owed: 628, held: 628, heldBecause: "account_restricted" });
});

test("a key that comes back with other contents stops for a person", async () => {
  await stage.double.control.fault({
    on: "transfer",
    fault: "idempotency_error",
    destination: accountOf(stage, "ana")!,
  });
  await sell(stage, ["L1"]);
  await sell(stage, ["L1"]);
  await stage.double.control.fundsAvailable();
  await drain(stage);
  expect(await sentTo("ana")).toEqual([]);
  expect(await standingOf("ana")).toMatchObject({ held: 1255, heldBecause: "needs_a_person" });
});

test("held without an account, then onboarded: asked twice it is one account, and one transfer when it is active", async () => {
  await sell(stage, ["M1"]);
  await sell(stage, ["M1"]);
  expect(await standingOf("farid")).toMatchObject({
    account: "none",
    owed: 643,
    held: 643,
    heldBecause: "no_account",
  });
  const onboard = () =>
    startOnboarding(stage.db, stage.house, {
      owner: { memberId: stage.members.get("farid")!.id },
      email: "farid@exemple.org",
      displayName: "Farid",
      country: "CA",
      locale: "fr",
      returnUrl: "https://exemple.org/retour",
      refreshUrl: "https://exemple.org/encore",
    });
  const [first, second] = await Promise.all([onboard(), onboard()]);
  expect(second.stripeAccount).toBe(first.stripeAccount);
  expect((await onboard()).stripeAccount).toBe(first.stripeAccount);
  await drain(stage);
  expect(await standingOf("farid")).toMatchObject({
    account: "to_complete",
    heldBecause: "account_to_complete",
  });
  await stage.double.control.account({ account: first.stripeAccount, state: "active" });
  await drain(stage);
  const { transfers } = await stage.double.control.snapshot();
  expect(
    transfers.filter((each) => each.destination === first.stripeAccount).map((each) => each.amount),
  ).toEqual([643]);
  expect(await standingOf("farid")).toMatchObject({ owed: 0, sent: 643, held: 0, heldBecause: null });
  expect(await transfersOfPerson(stage.db, stage.members.get("farid")!.personId)).toMatchObject([
    { amount: 643, saleId: null },
  ]);
});

test("a share that was not accepted is owed and held, not given away; accepted, it is sent", async () => {
  const member = (label: string) => stage.members.get(label)!.id;
  const { shareListId } = await setShares(stage.db, stage.house, {
    workId: stage.works.get("L2")!,
    shares: [
      { memberId: member("ana"), parts: 1 },
      { memberId: member("benoit"), parts: 1 },
    ],
    by: member("ana"),
  });
  await sell(stage, ["L2"]);
  await sell(stage, ["L1"]);
  // Of L1 he has accepted his share: it goes; of L2 he has not.
  expect(await sentTo("benoit")).toEqual([376]);
  expect(await standingOf("benoit")).toMatchObject({
    owed: 329,
    held: 329,
    heldBecause: "share_not_accepted",
  });
  expect(await acceptShare(stage.db, stage.house, { shareListId, memberId: member("benoit") })).toBe(true);
  expect(await acceptShare(stage.db, stage.house, { shareListId, memberId: member("benoit") })).toBe(false);
  await drain(stage);
  expect(await sentTo("benoit")).toEqual([376, 329]);
});

test("under the threshold nothing is sent, and the reason is told; staff see the same in the books", async () => {
  await stage.db
    .updateTable("member")
    .set({ threshold: 500 })
    .where("id", "=", stage.members.get("dan")!.id)
    .execute();
  await sell(stage, ["M1"]);
  expect(await standingOf("dan")).toMatchObject({
    owed: 322,
    held: 322,
    heldBecause: "under_threshold",
    threshold: 500,
  });
  const { personId } = stage.members.get("eve")!;
  const coopId = stage.coops.get("B")!;
  expect(await booksOfCoop(stage.db, personId, coopId)).toBeNull();
  await stage.db
    .insertInto("coop_role")
    .values({ coop_id: coopId, person_id: personId, role: "treasurer", granted_at: stage.clock.now() })
    .execute();
  const books = (await booksOfCoop(stage.db, personId, coopId))!;
  expect(books).toMatchObject({ owedToMembers: 643, coop: { sent: 170, owed: 0 }, funds: { operating: 0 } });
  await sell(stage, ["M1"]);
  expect(await sentTo("dan")).toEqual([644]);
});

test("an event of an account was lost: the sweep asks about it within the hour", async () => {
  await sell(stage, ["M1"]);
  const account = accountOf(stage, "dan")!;
  await stage.db
    .updateTable("payout_account")
    .set({ state: "restricted" })
    .where("stripe_account", "=", account)
    .execute();
  await sell(stage, ["M1"]);
  expect(await sentTo("dan")).toEqual([322]);
  await advance(stage, 61);
  await stage.house.queue.enqueue(stage.db, "sweep-sales", {});
  await drain(stage);
  expect(await sentTo("dan")).toEqual([322, 322]);
});

test("refused by Stripe for good: a day later still nothing, until the account changes", async () => {
  await stage.double.control.fault({
    on: "transfer",
    fault: "account_invalid",
    destination: accountOf(stage, "ana")!,
  });
  await sell(stage, ["L1"]);
  await advance(stage, 25 * 60);
  await stage.house.queue.enqueue(stage.db, "sweep-sales", {});
  await drain(stage);
  expect(await sentTo("ana")).toEqual([]);
  expect(await standingOf("ana")).toMatchObject({
    account: "active",
    held: 628,
    heldBecause: "stripe_refused",
  });
  const account = accountOf(stage, "ana")!;
  await stage.double.control.account({ account, state: "restricted" });
  await stage.double.control.account({ account, state: "active" });
  await drain(stage);
  expect(await sentTo("ana")).toEqual([628]);
});

test("an account that is nobody's here changes nothing", async () => {
  await stage.house.queue.enqueue(stage.db, "refresh-account", { stripeAccount: `acct_${v7()}` });
  await drain(stage);
  expect(await sentTo("dan")).toEqual([]);
});
