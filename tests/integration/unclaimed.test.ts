import { v7 } from "uuid";
import { afterEach, beforeEach, expect, test } from "vitest";
import { handOverUnclaimed } from "#domain/payouts/hand-over-unclaimed.server.ts";
import { choicesFor } from "#domain/payouts/payee-choice-queries.server.ts";
import { findPayee, historyOfPayee } from "#domain/payouts/payee-queries.server.ts";
import { reclaim } from "#domain/payouts/reclaim.server.ts";
import { recordNotice } from "#domain/payouts/record-notice.server.ts";
import { remitUnclaimed } from "#domain/payouts/remit-unclaimed.server.ts";
import { takeBackRemittance } from "#domain/payouts/take-back-remittance.server.ts";
import { asideOfPerson } from "#domain/payouts/unclaimed-queries.server.ts";
import { brokenChecks } from "#tests/database.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { openMarket, sell } from "./market.ts";

// What a member never came for, on its way to the State: set aside, paid there with its proof, come back. Eve keeps the books of B.

let stage: Stage;
let eve: string;
const farid = () => stage.members.get("farid")!;
const destination = () => `member:${farid().id}` as const;
beforeEach(async () => {
  stage = await openMarket({ members: { farid: { account: "none" }, chloe: { account: "none" } } });
  eve = stage.members.get("eve")!.personId;
  const role = {
    coop_id: stage.coops.get("B")!,
    person_id: eve,
    role: "treasurer",
    granted_at: stage.clock.now(),
  };
  await stage.db.insertInto("coop_role").values(role).execute();
  await sell(stage, ["M1"]);
  await sell(stage, ["L1"]);
  stage.clock.set("2029-04-02T10:00:00-04:00");
});
afterEach(async () => {
  expect(await brokenChecks(stage.db)).toEqual([]);
  await stage.close();
});

async function setAside(): Promise<number> {
  await recordNotice(stage.db, stage.house, {
    destination: destination(),
    personId: eve,
    on: "2029-01-10",
    words: "Lettre recommandée",
  });
  return (await handOverUnclaimed(stage.db, stage.house, { memberId: farid().id, by: eve })).amount;
}
const remit = (over: Partial<Parameters<typeof remitUnclaimed>[2]> = {}) =>
  remitUnclaimed(stage.db, stage.house, {
    memberId: farid().id,
    authority: "Revenu Québec",
    paidOn: "2029-03-30",
    reference: "BD-81.5 no 7",
    by: eve,
    ...over,
  });
async function balanceOf(account: string): Promise<number> {
  const rows = await stage.db.selectFrom("posting").select("amount").where("account", "=", account).execute();
  return rows.reduce((sum, { amount }) => sum + amount, 0);
}
const choices = async () =>
  choicesFor(stage.db, stage.house, (await findPayee(stage.db, eve, destination()))!);

test("what is set aside is paid to the State once, with its proof, and owed to the co-op that paid", async () => {
  await expect(remit()).rejects.toThrow("nothing_unclaimed");
  expect(await setAside()).toBe(321);
  expect(await choices()).toMatchObject({ setAside: 321, authority: "Revenu Québec", remitted: [] });
  expect(await asideOfPerson(stage.db, farid().personId)).toEqual([
    { amount: 321, coopName: "B", remitted: null },
  ]);
  await expect(remit({ reference: " " })).rejects.toThrow("proof_missing");
  await expect(remit({ authority: " " })).rejects.toThrow("authority_missing");
  await expect(remit({ paidOn: "2029-04-03" })).rejects.toThrow("payment_in_future");
  await expect(remit({ by: stage.members.get("dan")!.personId })).rejects.toThrow("not_found");
  const twice = await Promise.allSettled([remit(), remit()]);
  expect(twice.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await drain(stage);
  expect(await balanceOf(`unclaimed:${farid().id}`)).toBe(0);
  // B paid from a bank that is not the platform's: it is owed what it paid, and was sent it.
  const { transfers } = await stage.double.control.snapshot();
  expect(transfers.map(({ amount }) => amount)).toContain(321);
  expect(await asideOfPerson(stage.db, farid().personId)).toEqual([
    {
      amount: 321,
      coopName: "B",
      remitted: { authority: "Revenu Québec", paidOn: "2029-03-30", reference: "BD-81.5 no 7" },
    },
  ]);
  await expect(reclaim(stage.db, stage.house, { memberId: farid().id, by: eve })).rejects.toThrow(
    "nothing_unclaimed",
  );
});

test("undone only by an entry of its own, once; then it can be reclaimed, or handed over anew", async () => {
  await setAside();
  const { remittanceId } = await remit();
  const back = (over: object = {}) =>
    takeBackRemittance(stage.db, stage.house, {
      remittanceId,
      memberId: farid().id,
      reason: "Refusé: numéro inconnu",
      by: eve,
      ...over,
    });
  await expect(back({ reason: "" })).rejects.toThrow("reason_missing");
  await expect(back({ remittanceId: v7() })).rejects.toThrow("nothing_remitted");
  expect(await back()).toEqual({ amount: 321 });
  await expect(back()).rejects.toThrow("nothing_remitted");
  expect(await balanceOf(`unclaimed:${farid().id}`)).toBe(-321);
  const { acts } = await historyOfPayee(stage.db, destination());
  expect(acts.map(({ act }) => act).sort()).toEqual(["notice", "remit", "remit_back", "unclaimed"]);
  // The same proof, for what it truly was.
  await remit();
  const again = (await choices()).remitted;
  expect(again).toMatchObject([{ amount: 321, reference: "BD-81.5 no 7" }]);
  await back({ remittanceId: again[0]!.remittanceId });
  expect(await reclaim(stage.db, stage.house, { memberId: farid().id, by: eve })).toEqual({ amount: 321 });
  expect(await asideOfPerson(stage.db, farid().personId)).toEqual([]);
  const entries = await stage.db
    .selectFrom("entry")
    .select("key")
    .where("kind", "=", "remittance")
    .orderBy("number")
    .execute();
  expect(entries.map(({ key }) => key.split(":")[0])).toEqual([
    "remittance",
    "remittance_back",
    "remittance",
    "remittance_back",
  ]);
});

test("the co-op that owns the platform pays the State from its bank", async () => {
  const chloe = stage.members.get("chloe")!.id;
  await stage.db
    .insertInto("payee_act")
    .values({
      id: v7(),
      coop_id: stage.coops.get("A")!,
      destination: `member:${chloe}`,
      act: "notice",
      words: "Journal",
      on_day: "2029-01-02",
      done_by: eve,
      done_at: stage.clock.now(),
    })
    .execute();
  const { amount } = await handOverUnclaimed(stage.db, stage.house, { memberId: chloe, by: null });
  await remit({ memberId: chloe, by: null });
  expect(await balanceOf("bank")).toBe(-amount);
});
