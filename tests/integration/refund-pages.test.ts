import type { LoaderFunctionArgs } from "@remix-run/node";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cookies } from "#app/http/cookies.server.ts";
import * as disputePage from "#app/routes/office/dispute.tsx";
import * as disputesPage from "#app/routes/office/disputes.tsx";
import * as refundPage from "#app/routes/office/refund.tsx";
import { hashToken, makeToken } from "#domain/people/secret.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { openMarket, sell } from "./market.ts";
import { staffOf } from "./staff.ts";

// The pages' own loaders and actions, called as the server does: who may come in, and what a form does.
let stage: Stage;
let who: Awaited<ReturnType<typeof staffOf>>;
beforeAll(async () => {
  stage = await openMarket();
  who = await staffOf(stage);
});
afterAll(() => stage?.close());

type Page = {
  loader: (args: LoaderFunctionArgs) => Promise<unknown>;
  action?: (args: LoaderFunctionArgs) => Promise<unknown>;
};

/** What this person is answered: a status, and what the page is given. */
async function visit(
  page: Page,
  personId: string | null,
  address: string,
  { id, form }: { id?: string; form?: Record<string, string> } = {},
): Promise<{ status: number; to: string | null; body: unknown }> {
  const headers = new Headers();
  if (personId) headers.set("cookie", (await signedIn(personId)).split(";")[0]!);
  const request = new Request(`http://127.0.0.1:3000${address}`, {
    headers,
    ...(form && { method: "POST", body: new URLSearchParams(form) }),
  });
  const context = { db: stage.db, house: stage.house } as unknown as LoaderFunctionArgs["context"];
  const args = { request, params: id ? { id } : {}, context } as LoaderFunctionArgs;
  const answer = await (form ? page.action! : page.loader)(args).catch((thrown: unknown) => {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  });
  if (answer instanceof Response)
    return { status: answer.status, to: answer.headers.get("location"), body: null };
  const given = answer as { data?: unknown; init?: { status?: number } | null };
  return { status: given.init?.status ?? 200, to: null, body: given.init ? given.data : answer };
}

async function signedIn(personId: string): Promise<string> {
  const token = makeToken();
  const now = stage.clock.now();
  await stage.db
    .insertInto("session")
    .values({
      token_hash: hashToken(token),
      person_id: personId,
      created_at: now,
      seen_at: now,
      expires_at: new Date(now.getTime() + 3_600_000),
    })
    .execute();
  return cookies(stage.house.settings).session.serialize(token);
}

describe("the refund page", () => {
  const at = (saleId: string, query = "") => `/bureau/ventes/${saleId}/remboursement${query}`;

  it("does not exist for a curator, nor for the staff of a co-op that sold nothing of it", async () => {
    const saleId = await sell(stage, ["M1"]);
    const form = { refundId: v7(), lines: "1", amount: "1200", seen: "1200", reason: "je veux" };
    for (const person of [who.curatorA, who.treasurerA]) {
      expect((await visit(refundPage, person, at(saleId), { id: saleId })).status).toBe(404);
      expect((await visit(refundPage, person, at(saleId), { id: saleId, form })).status).toBe(404);
    }
    expect((await visit(refundPage, null, at(saleId), { id: saleId })).to).toContain("/connexion");
    expect((await visit(refundPage, who.adminB, at("x"), { id: "x" })).status).toBe(404);
    expect(await stage.db.selectFrom("refund").select("id").execute()).toEqual([]);
    expect((await visit(refundPage, who.adminB, at(saleId), { id: saleId })).status).toBe(200);
    // Another co-op's line cannot be slipped into one's own form.
    const mixed = await sell(stage, ["L1", "M1"]);
    const slipped = { ...form, refundId: v7(), lines: "1,2", amount: "2700", seen: "2700" };
    expect((await visit(refundPage, who.adminB, at(mixed), { id: mixed, form: slipped })).status).toBe(404);
    expect(await stage.db.selectFrom("refund").select("id").execute()).toEqual([]);
  });

  it("shows the effect of what the address asks, then asks once for what was shown", async () => {
    const saleId = await sell(stage, ["L1", "L2"]);
    const look = async (query: string) =>
      (await visit(refundPage, who.treasurerA, at(saleId, query), { id: saleId })).body as {
        effect: { amount: number; lines: { title: string; ends: boolean }[] } | null;
        fits: boolean;
        left: number;
        refundId: string;
      };
    expect(await look("")).toMatchObject({ left: 2300, fits: true, effect: { amount: 2300 } });
    expect(await look("?ligne=2&montant=")).toMatchObject({
      effect: { amount: 800, lines: [{ title: "L2", ends: true }] },
    });
    expect(await look("?ligne=2&montant=3%2C50")).toMatchObject({
      effect: { amount: 350, lines: [{ title: "L2", ends: false }] },
    });
    expect(await look("?ligne=2&montant=8%2C01")).toMatchObject({ fits: false, effect: null });
    const { refundId } = await look("?ligne=2&montant=3%2C50");
    const form = { refundId, lines: "2", amount: "350", seen: "800", reason: "Fichier défectueux" };
    const nothingSaid = await visit(refundPage, who.treasurerA, at(saleId), {
      id: saleId,
      form: { ...form, reason: " " },
    });
    expect(nothingSaid).toMatchObject({ status: 422, body: { errors: { reason: "required" } } });
    const both = await Promise.all(
      [1, 2].map(() => visit(refundPage, who.treasurerA, at(saleId), { id: saleId, form })),
    );
    for (const answer of both)
      expect(answer).toMatchObject({ status: 303, to: at(saleId, `?fait=${refundId}`) });
    await drain(stage);
    // Somebody else confirms what they saw before: they are told, and nothing is done.
    const late = await visit(refundPage, who.adminA, at(saleId), {
      id: saleId,
      form: { ...form, refundId: v7() },
    });
    expect(late).toMatchObject({ status: 409, body: { refusal: expect.stringContaining("a changé") } });
    const rows = await stage.db
      .selectFrom("refund")
      .select(["amount", "asked_by", "reason", "state"])
      .where("sale_id", "=", saleId)
      .execute();
    expect(rows).toEqual([
      { amount: 350, asked_by: who.treasurerA, reason: "Fichier défectueux", state: "succeeded" },
    ]);
  });
});

describe("the disputes' pages", () => {
  it("are for who keeps the books of a co-op that sold, and send what the form says", async () => {
    const saleId = await sell(stage, ["L2"]);
    const { stripe_session: session } = await stage.db
      .selectFrom("sale")
      .select("stripe_session")
      .where("id", "=", saleId)
      .executeTakeFirstOrThrow();
    await stage.double.control.dispute({ session: session! });
    await drain(stage);
    const { id } = await stage.db.selectFrom("dispute").select("id").executeTakeFirstOrThrow();
    const at = `/bureau/litiges/${id}`;
    const form = {
      statement: "Merci de lire.",
      product: "p",
      receipt: "r",
      accessLog: "l",
      terms: "t",
      act: "send",
    };
    for (const person of [who.curatorA, who.adminB]) {
      expect((await visit(disputePage, person, at, { id })).status).toBe(404);
      expect((await visit(disputePage, person, at, { id, form })).status).toBe(404);
    }
    const listed = (await visit(disputesPage, who.adminB, "/bureau/litiges")).body as { disputes: unknown[] };
    expect(listed.disputes).toEqual([]);
    expect((await visit(disputesPage, who.curatorA, "/bureau/litiges")).status).toBe(404);
    expect((await visit(disputePage, who.treasurerA, at, { id })).status).toBe(200);
    expect(await visit(disputePage, who.treasurerA, at, { id, form })).toMatchObject({ status: 303 });
    await drain(stage);
    const answered = await stage.db.selectFrom("dispute_evidence").selectAll().executeTakeFirstOrThrow();
    expect(answered).toMatchObject({ state: "sent", sent_by: who.treasurerA, statement: "Merci de lire." });
    expect(await visit(disputePage, who.adminA, at, { id, form })).toMatchObject({ status: 409 });
  });
});
