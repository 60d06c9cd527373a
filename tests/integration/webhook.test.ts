import { createHmac } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { action, loader } from "#app/routes/webhooks/stripe.ts";
import type { House } from "#domain/house.ts";
import { setClock } from "#gateways/clock.ts";
import { createStripe, WebhookRefused } from "#gateways/stripe.ts";
import { freshDatabase, type ScratchDatabase } from "#tests/database.ts";

const secret = "whsec_porte";
const clock = setClock("2026-11-22T10:00:00-05:00");
let scratch: ScratchDatabase;
let house: House;

beforeAll(async () => {
  scratch = await freshDatabase();
  house = {
    clock,
    queue: scratch.queue,
    stripe: createStripe({ apiKey: "sk_test_x", webhookSecret: secret, apiBase: "http://127.0.0.1:1" }),
    settings: { stripe: { live: false } } as House["settings"],
    mail: undefined as never,
    storage: undefined as never,
  };
});
beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
});
afterAll(() => scratch.close());

const eventOf = (id: string, livemode = false) =>
  // Spaces and order as no JSON writer of ours would make them: what is signed is the bytes.
  `{ "id":"${id}",  "object":"event", "type":"checkout.session.completed", "livemode":${livemode}, "created":1795359600,
     "data":{"object":{"id":"cs_1","object":"checkout.session"}} }`;

function deliver(
  body: string,
  options: { at?: Date; with?: string; header?: string } = {},
): Promise<Response> {
  const t = Math.floor((options.at ?? clock.now()).getTime() / 1000);
  const v1 = createHmac("sha256", options.with ?? secret)
    .update(`${t}.${body}`)
    .digest("hex");
  const request = new Request("https://ventes.example/webhooks/stripe", {
    method: "POST",
    body,
    headers: { "stripe-signature": options.header ?? `t=${t},v1=${v1}`, "content-type": "application/json" },
  });
  const context = { db: scratch.db, house, nonce: "", requestId: "r1" };
  return action({ request, context, params: {} } as unknown as Parameters<typeof action>[0]);
}

const kept = async (id: string) => {
  const [events, jobs] = await Promise.all([
    scratch.db.selectFrom("stripe_event").select("id").where("id", "=", id).execute(),
    sql`select from pgboss.job where name = 'apply-stripe-event' and data ->> 'eventId' = ${id}`.execute(
      scratch.db,
    ),
  ]);
  return { events: events.length, jobs: jobs.rows.length };
};

it("knows a refusal of the other copy of the gateway, which the server made and the built pages did not", async () => {
  vi.resetModules();
  const copy = await import("#gateways/stripe-failure.ts");
  expect(copy.WebhookRefused).not.toBe(WebhookRefused);
  expect(new copy.WebhookRefused("signature", "no")).toBeInstanceOf(WebhookRefused);
  expect(new copy.StripeFailure("unknown", "x", "x", null)).not.toBeInstanceOf(WebhookRefused);
  expect(new Error("x")).not.toBeInstanceOf(WebhookRefused);
});

describe("Stripe's door", () => {
  it("keeps a signed event once and rings one job, however often it is delivered", async () => {
    expect((await deliver(eventOf("evt_1"))).status).toBe(200);
    const again = await Promise.all([deliver(eventOf("evt_1")), deliver(eventOf("evt_1"))]);
    expect(again.map(({ status }) => status)).toEqual([200, 200]);
    expect(await kept("evt_1")).toEqual({ events: 1, jobs: 1 });
  });

  it("keeps nothing of what is not signed, signed by another, too old, or changed on the way", async () => {
    const body = eventOf("evt_2");
    const answers = await Promise.all([
      deliver(body, { header: "" }),
      deliver(body, { with: "whsec_autre" }),
      deliver(body, { at: new Date(clock.now().getTime() - 301_000) }),
      deliver(body, { header: `t=${Math.floor(clock.now().getTime() / 1000)},v1=00` }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(await answers[2]?.text()).toBe("too_old");
    expect(await kept("evt_2")).toEqual({ events: 0, jobs: 0 });
    expect(vi.mocked(console.warn)).toHaveBeenCalledTimes(4);
    expect(vi.mocked(console.warn).mock.calls.join()).not.toContain("evt_2");
  });

  it("refuses an event of the other mode, live money in a test house", async () => {
    const answer = await deliver(eventOf("evt_3", true));
    expect([answer.status, await answer.text()]).toEqual([400, "wrong_mode"]);
    expect(await kept("evt_3")).toEqual({ events: 0, jobs: 0 });
  });

  it("refuses what is too large to be an event, and has nothing to read", async () => {
    const request = new Request("https://ventes.example/webhooks/stripe", {
      method: "POST",
      body: "x".repeat(600 * 1024),
    });
    const context = { db: scratch.db, house };
    const answer = await action({ request, context, params: {} } as unknown as Parameters<typeof action>[0]);
    expect(answer.status).toBe(413);
    expect(loader().status).toBe(404);
  });
});
