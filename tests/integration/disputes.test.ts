import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerDispute } from "#domain/sales/answer-dispute.server.ts";
import {
  type DisputeView,
  disputesOfCoop,
  disputeToTell,
  findDisputeFor,
} from "#domain/sales/dispute-queries.server.ts";
import { submitEvidence } from "#domain/sales/submit-evidence.server.ts";
import { sweepRefunds } from "#domain/sales/sweep-refunds.server.ts";
import { frozenOfSale, moneyBackOfSale } from "#domain/transparency/money-back-queries.server.ts";
import { officeFigures } from "#domain/transparency/office-queries.server.ts";
import type { StripeGateway } from "#gateways/stripe.ts";
import { StripeFailure } from "#gateways/stripe.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { disputeLetter } from "#workers/mails/dispute-opened.ts";
import { gatherEvidenceTask } from "#workers/tasks/gather-evidence.ts";
import { brokenChecks } from "../database.ts";
import { advance, openMarket, sell } from "./market.ts";
import { staffOf } from "./staff.ts";

let stage: Stage;
let who: Awaited<ReturnType<typeof staffOf>>;
beforeAll(async () => {
  stage = await openMarket({ members: { farid: { account: "none" } } });
  who = await staffOf(stage);
});
afterAll(() => stage?.close());

const sessionOf = async (saleId: string) =>
  (
    await stage.db
      .selectFrom("sale")
      .select("stripe_session")
      .where("id", "=", saleId)
      .executeTakeFirstOrThrow()
  ).stripe_session!;

/** Disputed, and all that follows done; our id and Stripe's. */
async function dispute(saleId: string, more: { inquiry?: boolean } = {}) {
  const made = await stage.double.control.dispute({ session: await sessionOf(saleId), ...more });
  await drain(stage);
  const row = await stage.db
    .selectFrom("dispute")
    .select("id")
    .where("stripe_dispute", "=", made.dispute)
    .executeTakeFirstOrThrow();
  return { id: row.id, stripe: made.dispute };
}
const textsOf = (view: DisputeView | null) => {
  const { product, receipt, accessLog, terms, statement } = view!.evidence!;
  return { product, receipt, accessLog, terms, statement };
};
const send = (disputeId: string, personId: string, texts: ReturnType<typeof textsOf>) =>
  answerDispute(stage.db, stage.house, { personId, disputeId, texts, send: true });

describe("a dispute opens (S70b)", () => {
  let saleId: string;
  let opened: { id: string; stripe: string };

  it("gathers at once the receipt, the downloads and the terms, and says until when", async () => {
    saleId = await sell(stage, ["L1"], { email: "lise@exemple.org", place: "CA-QC" });
    const right = await stage.db
      .selectFrom("download_right")
      .innerJoin("sale_line", "sale_line.id", "download_right.sale_line_id")
      .select(["download_right.id", "download_right.work_id"])
      .where("sale_id", "=", saleId)
      .executeTakeFirstOrThrow();
    const asset = "01900000-0000-7000-8000-000000000001";
    const at = stage.clock.now();
    await sql`insert into asset (id, work_id, role, storage_key, media_type, bytes, created_at)
      values (${asset}, ${right.work_id}, 'original', 'k1', 'application/epub+zip', 9, ${at})`.execute(
      stage.db,
    );
    await sql`insert into download (id, download_right_id, asset_id, at)
      values (${asset}, ${right.id}, ${asset}, ${at})`.execute(stage.db);
    await sql`insert into mail_sent (key, recipient, sent_at)
      values (${`receipt:${saleId}`}, 'lise@exemple.org', ${at})`.execute(stage.db);
    opened = await dispute(saleId);
    const view = (await findDisputeFor(stage.db, who.treasurerA, opened.id))!;
    expect(view).toMatchObject({ state: "open", status: "needs_response", fee: 1500, answers: true });
    expect(view.dueAt!.getTime()).toBeGreaterThan(at.getTime() + 7 * 86_400_000);
    expect(view.evidence).toMatchObject({
      state: "gathered",
      buyerEmail: "lise@exemple.org",
      servedOn: "2026-03-02",
      statement: "",
    });
    const { receipt, accessLog, terms, product } = view.evidence!;
    expect(receipt).toContain("L1 (A)  15,00");
    expect(receipt).toContain("TVQ (9,975");
    expect(receipt).toContain("lise@exemple.org");
    expect(accessLog).toContain("application/epub+zip");
    expect(accessLog).toContain("Reçu et lien des fichiers acceptés");
    expect(accessLog).toContain("Nous ne notons pas les adresses IP.");
    expect(terms).toContain("Un remboursement complet met fin à l’accès aux fichiers.");
    expect(product).toContain("Livre numérique");
  });

  it("is rung for in the transaction that writes it down, and gathered again changes nothing", async () => {
    const corrected = {
      ...textsOf(await findDisputeFor(stage.db, who.treasurerA, opened.id)),
      product: "Un livre",
    };
    await answerDispute(stage.db, stage.house, {
      personId: who.treasurerA,
      disputeId: opened.id,
      texts: corrected,
      send: false,
    });
    await gatherEvidenceTask(stage.db, stage.house, { disputeId: opened.id });
    const view = await findDisputeFor(stage.db, who.treasurerA, opened.id);
    expect(view!.evidence).toMatchObject({
      product: "Un livre",
      editedBy: "a@staff.coop",
      state: "gathered",
    });
    // Lost with its doorbell, it is found by the sweep.
    await stage.db.deleteFrom("dispute_evidence").where("dispute_id", "=", opened.id).execute();
    await advance(stage, 5);
    await sweepRefunds(stage.db, stage.house);
    await drain(stage);
    expect((await findDisputeFor(stage.db, who.treasurerA, opened.id))!.evidence?.product).toContain("L1");
  });

  it("tells the treasurers, by when", async () => {
    const told = (await disputeToTell(stage.db, opened.id))!;
    expect(told.keepers.map(({ email }) => email)).toEqual(["a@staff.coop"]);
    const letter = disputeLetter(told, told.keepers[0]!, "https://ventes.example");
    expect(letter.subject).toContain("Litige sur la vente");
    expect(letter.text).toContain("La réponse doit partir avant le 11 mars 2026");
    expect(letter.text).toContain(`/bureau/litiges/${opened.id}`);
  });

  it("is sent by a person's act alone, once, and kept with who and when", async () => {
    const { stripe } = stage.house;
    expect((await stripe.fetchDispute(opened.stripe)).submissions).toBe(0);
    const texts = {
      ...textsOf(await findDisputeFor(stage.db, who.treasurerA, opened.id)),
      statement: "Lise a écrit le lendemain pour dire merci.",
    };
    // Twice by a double click: one answer.
    await Promise.all([send(opened.id, who.treasurerA, texts), send(opened.id, who.treasurerA, texts)]);
    expect((await findDisputeFor(stage.db, who.adminA, opened.id))!.evidence).toMatchObject({
      state: "asked",
    });
    await drain(stage);
    expect(await stripe.fetchDispute(opened.stripe)).toMatchObject({
      submissions: 1,
      status: "under_review",
    });
    const view = (await findDisputeFor(stage.db, who.adminA, opened.id))!;
    expect(view.evidence).toMatchObject({
      state: "sent",
      sentBy: "a@staff.coop",
      statement: texts.statement,
    });
    expect(view.status).toBe("under_review");
    expect(view.answeredAt).not.toBeNull();
    await expect(send(opened.id, who.adminA, texts)).rejects.toMatchObject({ code: "evidence_sent" });
    await stage.double.control.disputeEnds({ dispute: opened.stripe, how: "won" });
    await drain(stage);
    expect((await findDisputeFor(stage.db, who.treasurerA, opened.id))!.state).toBe("won");
  });
});

describe("whose it is to see and to answer", () => {
  it("is seen by each co-op that sold, and answered by who keeps the books of all of it", async () => {
    const saleId = await sell(stage, ["L1", "M1"]);
    const { id } = await dispute(saleId);
    const b = (await findDisputeFor(stage.db, who.adminB, id))!;
    expect(b).toMatchObject({ answers: false, evidence: null, soldBy: [stage.coops.get("B")] });
    expect(await findDisputeFor(stage.db, who.curatorA, id)).toBeNull();
    expect((await findDisputeFor(stage.db, who.treasurerA, id))!.answers).toBe(true);
    const texts = textsOf(await findDisputeFor(stage.db, who.treasurerA, id));
    for (const person of [who.adminB, who.curatorA])
      await expect(send(id, person, texts)).rejects.toMatchObject({ code: "not_found" });
    // Farid has no account: his part waits, and only his own co-op and the platform's see that.
    const frozen = await frozenOfSale(stage.db, who.adminB, saleId);
    expect(frozen).toEqual([{ name: "farid", amount: 326 }]);
    const coop = (label: string) => stage.coops.get(label)!;
    const all = { limit: 10, offset: 0 };
    expect((await disputesOfCoop(stage.db, who.adminB, coop("B"), all)).map((row) => row.id)).toEqual([id]);
    expect(await disputesOfCoop(stage.db, who.adminB, coop("A"), all)).toEqual([]);
    expect(await disputesOfCoop(stage.db, who.curatorA, coop("A"), all)).toEqual([]);
    expect((await disputesOfCoop(stage.db, who.treasurerA, coop("A"), all))[0]).toMatchObject({
      id,
      state: "open",
    });
    expect((await officeFigures(stage.db, stage.house, who.treasurerA, coop("A"))).toAnswer).toBe(1);
    expect((await moneyBackOfSale(stage.db, who.adminB, saleId)).disputes).toMatchObject([
      { id, state: "open" },
    ]);
  });

  it("shows the platform's co-op a dispute of another's sale, and it answers", async () => {
    const saleId = await sell(stage, ["M1"]);
    const { id } = await dispute(saleId);
    expect(await findDisputeFor(stage.db, who.treasurerA, id)).toMatchObject({
      answers: true,
      soldBy: [],
    });
    expect(await findDisputeFor(stage.db, who.adminB, id)).toMatchObject({
      answers: true,
      soldBy: [stage.coops.get("B")],
    });
  });
});

describe("an inquiry", () => {
  it("moves no money and may be answered; closed, there is nothing left to answer", async () => {
    const saleId = await sell(stage, ["L2"]);
    const { id, stripe } = await dispute(saleId, { inquiry: true });
    const view = (await findDisputeFor(stage.db, who.treasurerA, id))!;
    expect(view).toMatchObject({
      state: "inquiry",
      status: "warning_needs_response",
      withdrawn: null,
      fee: 0,
    });
    const told = (await disputeToTell(stage.db, id))!;
    expect(disputeLetter(told, told.keepers[0]!, "https://ventes.example").subject).toContain(
      "pose une question",
    );
    await stage.double.control.disputeEnds({ dispute: stripe, how: "inquiry_closed" });
    await drain(stage);
    await expect(send(id, who.treasurerA, textsOf(view))).rejects.toMatchObject({ code: "dispute_decided" });
    expect(await disputeToTell(stage.db, id)).toBeNull();
  });
});

describe("sending", () => {
  /** The real gateway, whose answer is lost once. */
  function losing(stripe: StripeGateway): StripeGateway {
    let lost = false;
    return {
      ...stripe,
      async submitEvidence(input, options) {
        const answer = await stripe.submitEvidence(input, options);
        if (lost) return answer;
        lost = true;
        throw new StripeFailure("unknown", "connection_broken", "cut", null);
      },
    };
  }

  it("finds an answer whose confirmation was lost, and never sends it twice", async () => {
    const saleId = await sell(stage, ["L2"]);
    const { id, stripe } = await dispute(saleId);
    await send(id, who.treasurerA, textsOf(await findDisputeFor(stage.db, who.treasurerA, id)));
    const house = { ...stage.house, stripe: losing(stage.house.stripe) };
    await expect(submitEvidence(stage.db, house, { disputeId: id })).rejects.toThrow("cut");
    // A day and more later, its key forgotten by Stripe.
    await advance(stage, 26 * 60);
    expect(await submitEvidence(stage.db, house, { disputeId: id })).toBe("sent");
    expect((await stage.house.stripe.fetchDispute(stripe)).submissions).toBe(1);
    expect(await submitEvidence(stage.db, house, { disputeId: id })).toBe("nothing");
    await drain(stage);
  });

  it("keeps Stripe's refusal for the person, who may send anew", async () => {
    const saleId = await sell(stage, ["L2"]);
    const { id } = await dispute(saleId);
    const texts = textsOf(await findDisputeFor(stage.db, who.treasurerA, id));
    await advance(stage, 10 * 24 * 60);
    await send(id, who.treasurerA, texts);
    await drain(stage);
    const view = (await findDisputeFor(stage.db, who.treasurerA, id))!;
    expect(view.evidence).toMatchObject({ state: "refused", refusal: "invalid_request_error" });
    expect(view.answeredAt).toBeNull();
    await send(id, who.treasurerA, texts);
    await drain(stage);
    expect(await brokenChecks(stage.db)).toEqual([]);
  });
});
