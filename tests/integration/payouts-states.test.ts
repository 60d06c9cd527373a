import { afterEach, beforeEach, expect, test } from "vitest";
import { joinAccount } from "#domain/payouts/join-account.server.ts";
import { noticeFacts } from "#domain/payouts/payee-queries.server.ts";
import { payoutsOfPerson } from "#domain/payouts/queries.server.ts";
import { setBankCountry } from "#domain/payouts/set-bank-country.server.ts";
import { setThreshold } from "#domain/payouts/set-threshold.server.ts";
import { shareAccount } from "#domain/payouts/share-account.server.ts";
import { startOnboarding } from "#domain/payouts/start-onboarding.server.ts";
import { Refusal } from "#domain/refusal.ts";
import { askedBy } from "#i18n/payees.ts";
import { brokenChecks } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import { accountOf, type Stage } from "#tests/stories/stage.ts";
import { payoutNoticeLetter } from "#workers/mails/payout-notice.ts";
import { sendPayoutNotice } from "#workers/tasks/send-payout-notice.ts";
import { advance, openMarket, sell } from "./market.ts";

// The states of a payee (money scenarios, S70 to S77 and S95 to S98), each as the member's page tells it.

let stage: Stage;
beforeEach(async () => {
  stage = await openMarket({ members: { farid: { account: "none" } } });
  notices.length = 0;
  const { queue } = stage.house;
  stage.house.queue = {
    ...queue,
    async enqueue(db, name, payload, options) {
      await queue.enqueue(db, name, payload, options);
      if (name === "send-payout-notice") notices.push(payload as Notice);
    },
  };
});
afterEach(async () => {
  expect(await brokenChecks(stage.db)).toEqual([]);
  await stage.close();
});

const member = (label: string) => stage.members.get(label)!;
const standingOf = async (label: string) => (await payoutsOfPerson(stage.db, member(label).personId))[0]!;
const sentToAccount = async (account: string) => {
  const { transfers } = await stage.double.control.snapshot();
  return transfers.filter((each) => each.destination === account).map((each) => each.amount);
};
const sentTo = (label: string) => sentToAccount(accountOf(stage, label)!);
const turn = (label: string, state: "active" | "restricted" | "closed" | "in_review", dueAt?: string) =>
  stage.double.control.account({ account: accountOf(stage, label)!, state, ...(dueAt && { dueAt }) });
const onboard = (label: string) =>
  startOnboarding(stage.db, stage.house, {
    owner: { memberId: member(label).id },
    email: `${label}@exemple.org`,
    displayName: label,
    country: "CA",
    locale: "fr",
    returnUrl: "https://exemple.org/versements?retour=1",
    refreshUrl: "https://exemple.org/versements?lien=expire",
  });
const sweep = async () => {
  await stage.house.queue.enqueue(stage.db, "sweep-sales", {});
  await drain(stage);
};
type Notice = { payoutAccountId: string; about: "closed" | "restricted" | "bank" };
const notices: Notice[] = [];
const noticesRung = () => notices.splice(0);
const treasurer = async (coop: string, label: string) => {
  const { personId } = member(label);
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
};
const refusalOf = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refusal)) throw error ?? new Error("was not refused");
  return error.code;
};

test("S72: restricted, her part is held without a call, with what Stripe asks, until when, and since when", async () => {
  await turn("eve", "restricted", "2026-04-01T00:00:00Z");
  await drain(stage);
  await sell(stage, ["M1"]);
  expect(await sentTo("eve")).toEqual([]);
  const standing = await standingOf("eve");
  expect(standing).toMatchObject({
    account: "restricted",
    held: 322,
    heldBecause: "account_restricted",
    heldSince: stage.clock.now(),
    dueAt: new Date("2026-04-01T00:00:00Z"),
  });
  expect(askedBy("fr", standing.requirements)).toEqual(["une pièce d’identité"]);
  expect(noticesRung().map(({ about }) => about)).toEqual(["restricted"]);
  await turn("eve", "active");
  await drain(stage);
  expect(await sentTo("eve")).toEqual([322]);
  expect(await standingOf("eve")).toMatchObject({ held: 0, heldBecause: null, heldSince: null, dueAt: null });
});

test("S73: disconnected, his parts are held and he is told once; a new account takes all of it, the old one nothing", async () => {
  await sell(stage, ["M1"]);
  const old = accountOf(stage, "dan")!;
  await stage.double.control.account({ account: old, state: "closed" });
  await drain(stage);
  await sell(stage, ["M1"]);
  await sell(stage, ["M1"]);
  expect(await standingOf("dan")).toMatchObject({
    account: "closed",
    heldBecause: "account_closed",
    held: 643,
  });
  const [notice, ...more] = noticesRung();
  expect([notice?.about, more]).toEqual(["closed", []]);
  const letters: { to: string; subject: string; text: string }[] = [];
  const house = {
    ...stage.house,
    mail: { ...stage.house.mail, send: async (mail: (typeof letters)[number]) => void letters.push(mail) },
  };
  await sendPayoutNotice(stage.db, house, notice!);
  await sendPayoutNotice(stage.db, house, notice!);
  expect(letters.map(({ to, subject }) => [to, subject])).toEqual([
    ["dan@exemple.org", "Votre compte de versement est fermé"],
  ]);
  expect(letters[0]!.text).toContain("6,43\u00a0$");
  const { stripeAccount } = await onboard("dan");
  expect(stripeAccount).not.toBe(old);
  await stage.double.control.account({ account: stripeAccount, state: "active" });
  await drain(stage);
  expect(await sentToAccount(stripeAccount)).toEqual([643]);
  expect(await sentToAccount(old)).toEqual([322]);
});

test("S75: a bank in a country that is not served: sales go on, the part is held, and the page can say why", async () => {
  const { id } = member("farid");
  expect(await setBankCountry(stage.db, { memberId: id, country: "SN" })).toBe("not_served");
  await sell(stage, ["M1"]);
  expect(await standingOf("farid")).toMatchObject({
    held: 321,
    heldBecause: "country_not_served",
    country: "SN",
  });
  expect(await setBankCountry(stage.db, { memberId: id, country: "FR" })).toBe("served");
  expect(await standingOf("farid")).toMatchObject({ heldBecause: "no_account" });
});

test("S76: a link used or expired leads back, and each click opens a new one to the same account", async () => {
  const first = await onboard("farid");
  const visit = async (url: string) => {
    const answer = await fetch(url, { redirect: "manual" });
    const to = answer.headers.get("location") ?? "";
    return /^\/setup\/.*\/form_/.test(to) ? "form" : to;
  };
  expect(await visit(first.url)).toBe("form");
  expect(await visit(first.url)).toBe("https://exemple.org/versements?lien=expire");
  const second = await onboard("farid");
  await advance(stage, 6);
  expect(await visit(second.url)).toBe("https://exemple.org/versements?lien=expire");
  const third = await onboard("farid");
  expect(await visit(third.url)).toBe("form");
  expect(new Set([first, second, third].map((each) => each.stripeAccount)).size).toBe(1);
  await drain(stage);
  expect(await standingOf("farid")).toMatchObject({ account: "to_complete" });
  await stage.double.control.account({ account: first.stripeAccount, state: "in_review" });
  await drain(stage);
  expect(await standingOf("farid")).toMatchObject({ account: "in_review" });
});

test("S77: the account of another member is refused, by the database too, unless their co-op marked it shared", async () => {
  await sell(stage, ["M1"]);
  const [dans, farid] = [accountOf(stage, "dan")!, member("farid")];
  const join = () => joinAccount(stage.db, stage.house, { memberId: farid.id, stripeAccount: dans });
  expect(await refusalOf(join())).toBe("account_of_another");
  expect(
    await refusalOf(
      joinAccount(stage.db, stage.house, { memberId: farid.id, stripeAccount: "acct_unknown" }),
    ),
  ).toBe("account_of_another");
  const byHand = (shared: string | null) =>
    stage.db
      .insertInto("payout_account")
      .values({
        id: farid.id,
        member_id: farid.id,
        stripe_account: dans,
        shared_account: shared,
        state: "active",
        state_at: stage.clock.now(),
        created_at: stage.clock.now(),
      })
      .execute();
  await expect(byHand(null)).rejects.toThrow("payout_account_one_owner");
  await expect(byHand(dans)).rejects.toThrow("shared_account");
  const elsewhere = await treasurer("A", "ana");
  const theirs = { memberId: member("dan").id };
  expect(await refusalOf(shareAccount(stage.db, stage.house, { ...theirs, personId: elsewhere }))).toBe(
    "not_found",
  );
  const personId = await treasurer("B", "eve");
  await shareAccount(stage.db, stage.house, { ...theirs, personId });
  // Of another co-op, it is still refused.
  expect(
    await refusalOf(joinAccount(stage.db, stage.house, { memberId: member("ana").id, stripeAccount: dans })),
  ).toBe("account_of_another");
  await join();
  await join();
  await drain(stage);
  expect(await sentToAccount(dans)).toEqual([322, 321]);
  // What happens to the account happens to both.
  await stage.double.control.account({ account: dans, state: "restricted" });
  await drain(stage);
  expect([(await standingOf("dan")).account, (await standingOf("farid")).account]).toEqual([
    "restricted",
    "restricted",
  ]);
});

test("S71: a threshold that the member sets keeps, and one that they lower lets go", async () => {
  const memberId = member("dan").id;
  expect(await refusalOf(setThreshold(stage.db, stage.house, { memberId, threshold: 100_001 }))).toBe(
    "threshold_too_high",
  );
  await setThreshold(stage.db, stage.house, { memberId, threshold: 1000 });
  await sell(stage, ["M1"]);
  await sell(stage, ["M1"]);
  expect(await sentTo("dan")).toEqual([]);
  expect(await standingOf("dan")).toMatchObject({ heldBecause: "under_threshold", threshold: 1000 });
  await setThreshold(stage.db, stage.house, { memberId, threshold: 0 });
  await drain(stage);
  expect(await sentTo("dan")).toEqual([644]);
});

test("S88: 429 and lock_timeout are tried again, with the same key", async () => {
  for (const fault of ["rate_limit", "lock_timeout"] as const)
    await stage.double.control.fault({
      on: "transfer",
      fault,
      destination: accountOf(stage, "ana")!,
      times: 2,
    });
  await sell(stage, ["L1"]);
  expect(await sentTo("ana")).toEqual([628]);
  const made = await stage.db
    .selectFrom("transfer")
    .select(["attempt", "calls", "state"])
    .where("destination", "=", `member:${member("ana").id}`)
    .execute();
  expect(made).toEqual([{ attempt: 1, calls: 5, state: "sent" }]);
});

test("S95: funds are there and no event said so: the sweep asks Stripe, and the release goes once", async () => {
  await sell(stage, ["M1"]);
  const { stripeAccount } = await onboard("farid");
  await stage.double.control.funds({ arrive: "on_request", openingFloat: 0 });
  await stage.double.control.fault({
    on: "transfer",
    fault: "balance_insufficient",
    destination: stripeAccount,
  });
  await stage.double.control.account({ account: stripeAccount, state: "active" });
  await drain(stage);
  expect(await standingOf("farid")).toMatchObject({ held: 321, heldBecause: "funds_not_available" });
  await stage.double.control.events({ mode: "drop" });
  // Not enough yet: nothing is tried.
  await stage.double.control.payout();
  await advance(stage, 61);
  await sweep();
  expect(await sentToAccount(stripeAccount)).toEqual([]);
  await stage.double.control.funds({ openingFloat: 100_000 });
  await advance(stage, 30);
  await sweep();
  expect(await sentToAccount(stripeAccount)).toEqual([]);
  await advance(stage, 31);
  await sweep();
  await sweep();
  expect(await sentToAccount(stripeAccount)).toEqual([321]);
});

test("S97: refused for good, it stays owed; a new account gets it once under a new key, and the old key never leaves again", async () => {
  const old = accountOf(stage, "ana")!;
  await stage.double.control.fault({
    on: "transfer",
    fault: "account_invalid",
    destination: old,
    times: "always",
  });
  await sell(stage, ["L1"]);
  expect(await standingOf("ana")).toMatchObject({ owed: 628, heldBecause: "stripe_refused" });
  await stage.double.control.account({ account: old, state: "closed" });
  await drain(stage);
  const { stripeAccount } = await onboard("ana");
  await stage.double.control.account({ account: stripeAccount, state: "active" });
  await drain(stage);
  await advance(stage, 25 * 60);
  await sweep();
  expect(await sentToAccount(stripeAccount)).toEqual([628]);
  expect(await sentToAccount(old)).toEqual([]);
  const made = await stage.db
    .selectFrom("transfer")
    .select(["key", "state", "calls"])
    .where("destination", "=", `member:${member("ana").id}`)
    .orderBy("created_at")
    .execute();
  expect(made.map(({ state, calls }) => [state, calls])).toEqual([
    ["refused", 1],
    ["sent", 1],
  ]);
  expect(new Set(made.map(({ key }) => key)).size).toBe(2);
});

test("S98: a deposit sent back by her bank: told by mail and on the page, the books do not change; the next one ends it", async () => {
  await sell(stage, ["L1"]);
  const account = accountOf(stage, "ana")!;
  const books = () =>
    stage.db
      .selectFrom("posting")
      .select(["entry_id", "account", "amount"])
      .orderBy("entry_id")
      .orderBy("account")
      .execute();
  const before = await books();
  await stage.double.control.deposit({ account, amount: 628, fails: true });
  await drain(stage);
  await sweep();
  expect(await standingOf("ana")).toMatchObject({ account: "active", owed: 0, bankTrouble: { amount: 628 } });
  expect(await books()).toEqual(before);
  const rung = noticesRung();
  expect(rung.map(({ about }) => about)).toEqual(["bank"]);
  const facts = (await noticeFacts(stage.db, rung[0]!.payoutAccountId))!;
  const letter = payoutNoticeLetter({ ...facts, locale: "en" }, "bank", "https://exemple.org");
  expect(letter.subject).toBe("Your bank sent a deposit back");
  expect(letter.text).toContain("$6.28");
  expect(letter.html).toContain("Correct your bank details");
  await stage.double.control.deposit({ account, amount: 628 });
  await drain(stage);
  expect((await standingOf("ana")).bankTrouble).toBeNull();
});

test("a lost payout.failed, and a lost event of a capability: the sweep asks, and only about who is owed or was paid", async () => {
  await sell(stage, ["L1"]);
  await stage.double.control.events({ mode: "drop" });
  const account = accountOf(stage, "ana")!;
  await stage.double.control.deposit({ account, amount: 628, fails: true });
  await turn("eve", "restricted");
  await advance(stage, 25 * 60);
  const asked = async () =>
    (await stage.double.control.exchanges()).filter(
      (said) => "path" in said && /payouts|core\/accounts\//.test(said.path),
    ).length;
  const before = await asked();
  await sweep();
  expect((await standingOf("ana")).bankTrouble).toMatchObject({ amount: 628 });
  // Three were paid: their deposits. Nobody is owed anything: no account.
  expect((await asked()) - before).toBe(3);
  await stage.double.control.events({ mode: "normal" });
  await sell(stage, ["M1"]);
  expect(await standingOf("eve")).toMatchObject({ held: 322, heldBecause: "stripe_refused" });
  await stage.double.control.events({ mode: "drop" });
  await turn("eve", "active");
  await advance(stage, 61);
  await sweep();
  await advance(stage, 24 * 60);
  await sweep();
  expect(await sentTo("eve")).toEqual([]);
});
