import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { WebhookRefused } from "#gateways/stripe.ts";
import { activeAccount, type Bench, open, paid, WEBHOOK_SECRET } from "./stripe-double.ts";

type Post = { raw: string; signature: string; type: string };
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A shop that answers webhooks with what `status` says; keeps what came. */
async function shop(status: (post: Post, nth: number) => number = () => 200) {
  const posts: Post[] = [];
  let atOnce = 0;
  let most = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    atOnce += 1;
    most = Math.max(most, atOnce);
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const raw = Buffer.concat(parts).toString();
      const post = {
        raw,
        signature: String(request.headers["stripe-signature"]),
        type: (JSON.parse(raw) as { type: string }).type,
      };
      posts.push(post);
      setTimeout(() => {
        atOnce -= 1;
        response.writeHead(status(post, posts.length)).end();
      }, 5);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/stripe`;
  return { url, posts, most: () => most, types: () => posts.map((post) => post.type) };
}

const SALE = [
  "payment_intent.created",
  "charge.succeeded",
  "payment_intent.succeeded",
  "checkout.session.completed",
  "charge.updated",
];

describe("webhooks", () => {
  test("arrive signed, in order, and say what happened", async () => {
    const { url, posts, types } = await shop();
    const bench = await open({ webhookUrl: url });
    const { session } = await paid(bench);
    await bench.double.control.settled();
    expect(types()).toEqual(SALE);
    const completed = posts[3];
    const event = bench.gateway.verifyWebhook(completed?.raw ?? "", completed?.signature, await bench.now());
    expect(event).toMatchObject({
      type: "checkout.session.completed",
      objectId: session,
      livemode: false,
      account: null,
      createdAt: await bench.now(),
    });
    expect(
      bench.stripe.webhooks.constructEvent(
        completed?.raw ?? "",
        completed?.signature ?? "",
        WEBHOOK_SECRET,
        undefined,
        undefined,
        (await bench.now()).getTime(),
      ),
    ).toMatchObject({ id: event.id });
    expect((await bench.stripe.events.retrieve(event.id)).type).toBe(event.type);
    expect((await bench.double.control.snapshot()).undelivered).toEqual([]);
  });

  test("come in by themselves, without anyone waiting for them", async () => {
    const { url, types } = await shop();
    const bench = await open({ webhookUrl: url, clock: "real", feeDelayMs: 20 });
    await paid(bench);
    await expect.poll(types, { timeout: 3000 }).toEqual(SALE);
  });

  test("are tried again until they are taken", async () => {
    const { url, types } = await shop((_post, nth) => (nth <= 2 ? 503 : 200));
    const bench = await open({ webhookUrl: url });
    await bench.double.control.adjustment({ amount: 1 });
    await bench.double.control.fundsAvailable();
    await bench.double.control.settled();
    expect(types()).toEqual(["balance.available"]);
    await bench.double.control.clock({ advanceSeconds: 1 });
    await bench.double.control.settled();
    expect(types()).toHaveLength(2);
    expect((await bench.double.control.snapshot()).undelivered).toHaveLength(1);
    await bench.double.control.retryNow();
    expect(types()).toHaveLength(3);
    await bench.double.control.clock({ advanceSeconds: 86_400 * 4 });
    await bench.double.control.settled();
    expect(types()).toHaveLength(3);
  });

  test("find nobody, and come when someone is there", async () => {
    const { url, types } = await shop();
    const bench = await open({ webhookUrl: "http://127.0.0.1:1/nobody" });
    await bench.double.control.fundsAvailable();
    await bench.double.control.settled();
    await bench.double.control.webhook({ url });
    await bench.double.control.retryNow();
    expect(types()).toEqual(["balance.available"]);
  });

  test("may be taken in this process", async () => {
    const taken: string[] = [];
    const bench = await open({
      receiver: (raw) => {
        taken.push((JSON.parse(raw) as { type: string }).type);
        return 200;
      },
    });
    await paid(bench);
    await bench.double.control.settled();
    expect(taken).toEqual(SALE);
  });
});

describe("the ways of the post", () => {
  test("repeat: each so many times, at the same time", async () => {
    const { url, types, most } = await shop();
    const bench = await open({ webhookUrl: url });
    await bench.double.control.events({ mode: "repeat", times: 3 });
    await paid(bench);
    await bench.double.control.settled();
    expect(types()).toEqual(SALE.flatMap((type) => [type, type, type]));
    expect(most()).toBe(3);
  });

  test("shuffle: another order, the same for the same seed", async () => {
    const orders = await Promise.all(
      [7, 7, 8].map(async (seed) => {
        const { url, types } = await shop();
        const bench = await open({ webhookUrl: url });
        await bench.double.control.events({ mode: "shuffle", seed });
        await paid(bench);
        await bench.double.control.settled();
        return types();
      }),
    );
    expect(orders[0]).toEqual(orders[1]);
    expect(orders[0]).not.toEqual(orders[2]);
    expect([...(orders[0] ?? [])].sort()).toEqual([...SALE].sort());
  });

  test("hold: nothing until they are let go, those named first", async () => {
    const { url, types } = await shop();
    const bench = await open({ webhookUrl: url });
    await bench.double.control.events({ mode: "hold" });
    await paid(bench);
    await bench.double.control.settled();
    expect(types()).toEqual([]);
    await bench.double.control.deliver({
      order: ["charge.updated", "checkout.session.completed", "refund.created"],
    });
    expect(types()).toEqual([
      "charge.updated",
      "checkout.session.completed",
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
    ]);
  });

  test("drop: never, but Stripe can still list them", async () => {
    const { url, types } = await shop();
    const bench = await open({ webhookUrl: url });
    await bench.double.control.events({ mode: "drop" });
    await paid(bench);
    await bench.double.control.events({ mode: "normal" });
    await bench.double.control.fundsAvailable();
    await bench.double.control.settled();
    expect(types()).toEqual(["balance.available"]);
    expect((await bench.stripe.events.list({ delivery_success: false })).data).toHaveLength(SALE.length);
  });

  test("late: when their time has come", async () => {
    const { url, types } = await shop();
    const bench = await open({ webhookUrl: url });
    await bench.double.control.events({ mode: "late", seconds: 600 });
    await paid(bench);
    await bench.double.control.settled();
    expect(types()).toEqual([]);
    await bench.double.control.clock({ advanceSeconds: 600 });
    await bench.double.control.settled();
    expect(types()).toEqual(SALE);
  });
});

describe("accounts tell of themselves", () => {
  const held = async (run: (bench: Bench, account: string) => Promise<unknown>) => {
    const { url, posts, types } = await shop();
    const bench = await open({ webhookUrl: url });
    const account = await activeAccount(bench);
    await bench.double.control.settled();
    posts.length = 0;
    await run(bench, account);
    await bench.double.control.settled();
    return { bench, account, posts, types };
  };

  test("a change of state comes as thin events, which name the account, and as account.updated", async () => {
    const { bench, account, posts, types } = await held((b, id) =>
      b.double.control.account({ account: id, state: "restricted" }),
    );
    expect(types()).toEqual([
      "v2.core.account[requirements].updated",
      "v2.core.account[configuration.recipient].capability_status_updated",
      "account.updated",
    ]);
    const [, thin, snapshot] = posts;
    const now = await bench.now();
    const event = bench.gateway.verifyWebhook(thin?.raw ?? "", thin?.signature, now);
    expect(event).toMatchObject({ objectId: account, account: null, livemode: false, createdAt: now });
    const parsed = bench.stripe.parseEventNotification(
      thin?.raw ?? "",
      thin?.signature ?? "",
      WEBHOOK_SECRET,
      undefined,
      undefined,
      now.getTime(),
    );
    expect(parsed).toMatchObject({ related_object: { id: account, type: "v2.core.account" } });
    expect(JSON.parse(thin?.raw ?? "{}")).not.toHaveProperty("data");
    expect(bench.gateway.verifyWebhook(snapshot?.raw ?? "", snapshot?.signature, now)).toMatchObject({
      account,
      objectId: account,
    });
    expect((await bench.gateway.fetchAccountState(account)).state).toBe("restricted");
  });

  test("closed, it also says that it has left", async () => {
    const { bench, account, types } = await held((b, id) =>
      b.double.control.account({ account: id, state: "closed" }),
    );
    expect(types()).toContain("v2.core.account.closed");
    expect(types()).toContain("account.application.deauthorized");
    expect((await bench.gateway.fetchAccountState(account)).state).toBe("closed");
    expect((await bench.gateway.fetchAccountState("acct_gone")).state).toBe("closed");
    expect((await bench.gateway.fetchAccountState(null)).state).toBe("none");
  });

  test("an account of the API goes from incomplete to active", async () => {
    const { double, gateway, stripe } = await open();
    const made = await gateway.createRecipientAccount(
      {
        email: "ana@exemple.org",
        displayName: "Ana",
        country: "CA",
        currency: "cad",
        locale: "fr",
        metadata: { member: "ana" },
      },
      { idempotencyKey: "account:ana:1" },
    );
    expect(made).toMatchObject({ state: "to_complete", metadata: { member: "ana" }, livemode: false });
    expect(made.requirements).toContain("identity.individual.address");
    const id = made.id ?? "";
    await double.control.account({ account: id, state: "in_review" });
    expect(await gateway.fetchAccountState(id)).toMatchObject({ state: "in_review", requirements: [] });
    await double.control.account({ account: id, state: "active" });
    expect(await gateway.fetchAccountState(id)).toMatchObject({ state: "active", requirements: [] });
    const bare = await stripe.v2.core.accounts.retrieve(id);
    expect(bare).not.toHaveProperty("configuration");
    expect(bare).not.toHaveProperty("requirements");
    const changed = await stripe.v2.core.accounts.update(id, {
      display_name: "Ana B.",
      include: ["defaults"],
    });
    expect(changed).toMatchObject({
      display_name: "Ana B.",
      defaults: { currency: "cad", locales: ["fr-CA"] },
    });
  });
});

describe("a webhook is believed", () => {
  const raw = JSON.stringify({
    id: "evt_1",
    object: "event",
    type: "charge.updated",
    created: 1_780_000_000,
    livemode: false,
    data: { object: { id: "ch_1", object: "charge" } },
  });
  const at = new Date(1_780_000_000_000);
  const sign = (body: string, secret = WEBHOOK_SECRET, time = at) => {
    const t = Math.floor(time.getTime() / 1000);
    return `t=${t},v1=${createHmac("sha256", secret).update(`${t}.${body}`).digest("hex")}`;
  };
  const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);

  test("only with the right signature over the very bytes, and not when it is old", async () => {
    const { gateway } = await open();
    const refused = (body: string | Uint8Array, header: string | null | undefined, now = at) => {
      try {
        gateway.verifyWebhook(body, header, now);
        return "believed";
      } catch (error) {
        return error instanceof WebhookRefused ? error.reason : error;
      }
    };
    expect(refused(raw, sign(raw))).toBe("believed");
    expect(refused(Buffer.from(raw), sign(raw))).toBe("believed");
    expect(refused(raw, sign(raw, "whsec_other"))).toBe("signature");
    expect(refused(raw.replace("ch_1", "ch_2"), sign(raw))).toBe("signature");
    expect(refused(raw, null)).toBe("signature");
    expect(refused(raw, "")).toBe("signature");
    expect(refused(raw, "t=1,v0=abc")).toBe("signature");
    expect(refused(raw, sign(raw), later(299))).toBe("believed");
    expect(refused(raw, sign(raw), later(300))).toBe("believed");
    expect(refused(raw, sign(raw), later(301))).toBe("too_old");
    expect(refused(raw, sign(raw, "whsec_other"), later(301))).toBe("signature");
    expect(refused("{}", sign("{}"))).toBe("malformed");
    expect(refused("not json", sign("not json"))).toBe("malformed");
  });

  test("and says when it is of the live mode", async () => {
    const { gateway } = await open();
    const live = raw.replace('"livemode":false', '"livemode":true');
    expect(gateway.verifyWebhook(live, sign(live), at)).toMatchObject({ livemode: true, objectId: "ch_1" });
  });
});
