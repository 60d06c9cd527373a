import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { v7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { receiverExample } from "#app/routes/api/receiver-example.ts";
import { eventBodies } from "#app/routes/api/shapes.ts";
import { withdrawWork } from "#domain/catalogue/withdraw-work.server.ts";
import { addEndpoint } from "#domain/integrations/add-endpoint.server.ts";
import { deliverWebhooks } from "#domain/integrations/deliver-webhooks.server.ts";
import { endEndpoint } from "#domain/integrations/end-endpoint.server.ts";
import { findEndpoint } from "#domain/integrations/endpoint-queries.server.ts";
import { replayDelivery } from "#domain/integrations/replay-delivery.server.ts";
import { type EventName, events } from "#domain/integrations/scopes.ts";
import { secretOf, signatureOf } from "#domain/integrations/signature.ts";
import { Refusal } from "#domain/refusal.ts";
import { refundSale } from "#domain/sales/refund-sale.server.ts";
import { isPublicAddress, judgeOutgoing, postOutgoing } from "#gateways/outgoing.ts";
import { drain } from "#tests/stories/drain.ts";
import type { Stage } from "#tests/stories/stage.ts";
import { advance, openMarket, sell } from "./market.ts";
import { staffOf } from "./staff.ts";

type Post = { path: string; headers: IncomingHttpHeaders; body: string };

/** A program of somebody else: keeps what it is sent, and answers as it is told to. */
const received: Post[] = [];
let status = 204;
const receiver = createServer(async (request, response) => {
  let body = "";
  for await (const piece of request.setEncoding("utf8")) body += piece;
  received.push({ path: request.url ?? "", headers: request.headers, body });
  response.writeHead(status, status === 302 ? { location: "/ailleurs" } : {}).end();
});

let stage: Stage;
let staff: Awaited<ReturnType<typeof staffOf>>;
let url: string;
const coopOf = (coop: "A" | "B") => stage.coops.get(coop)!;

beforeAll(async () => {
  stage = await openMarket();
  staff = await staffOf(stage);
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterAll(async () => {
  receiver.close();
  await stage?.close();
});
beforeEach(() => {
  received.length = 0;
  status = 204;
});

/** An endpoint of a co-op, at a path of its own on our receiver. */
async function tell(coop: "A" | "B", wanted: readonly EventName[] = events): Promise<string> {
  const id = v7();
  const by = coop === "A" ? staff.adminA : staff.adminB;
  await addEndpoint(stage.db, stage.house, {
    ...{ id, by, coopId: coopOf(coop), url: `${url}/${id}`, events: wanted },
  });
  return id;
}
const end = (id: string, coop: "A" | "B" = "A") =>
  endEndpoint(stage.db, stage.house, {
    ...{ id, coopId: coopOf(coop), by: coop === "A" ? staff.adminA : staff.adminB },
  });
const deliver = () => deliverWebhooks(stage.db, stage.house);
const to = (id: string) => received.filter(({ path }) => path === `/${id}`);
const log = async (id: string, coop: "A" | "B" = "A") =>
  (await findEndpoint(
    stage.db,
    { id, coopId: coopOf(coop), personId: coop === "A" ? staff.adminA : staff.adminB },
    { now: stage.clock.now(), before: null, limit: 50 },
  ))!.deliveries;

describe("an event", () => {
  it("is told to the co-ops that it is about, each of its own lines, signed", async () => {
    const [ofA, ofB] = [await tell("A"), await tell("B", ["sale.paid"])];
    await sell(stage, ["L1", "M1"], { email: "lectrice@prive.example" });
    await deliver();
    const paid = to(ofA).filter(({ headers }) => headers["ventes-event"] === "sale.paid");
    expect(paid).toHaveLength(1);
    expect(to(ofB)).toHaveLength(1);
    const [a, b] = [paid[0]!, to(ofB)[0]!];
    const told = eventBodies["sale.paid"].parse(JSON.parse(a.body));
    expect(told.data.sale.lines.map(({ title, amount }) => [title, amount])).toEqual([["L1", 1500]]);
    expect(eventBodies["sale.paid"].parse(JSON.parse(b.body)).data.sale.amount).toBe(1200);
    expect(a.body + b.body).not.toContain("prive.example");
    expect(a.headers["ventes-delivery"]).toBe(told.id);
    const secret = secretOf(stage.house.settings.sessionSecret, ofA);
    expect(a.headers["ventes-signature"]).toBe(signatureOf(secret, stage.clock.now(), a.body));
    expect(signatureOf(secret, stage.clock.now(), `${a.body} `)).not.toBe(a.headers["ventes-signature"]);
    // Payouts of both: to its own members alone.
    for (const { body } of to(ofA).filter(({ headers }) => headers["ventes-event"] === "payout.sent")) {
      const { memberId } = eventBodies["payout.sent"].parse(JSON.parse(body)).data.payout;
      expect(["ana", "benoit", "chloe"].map((name) => stage.members.get(name)!.id)).toContain(memberId);
    }
    expect(to(ofA).some(({ headers }) => headers["ventes-event"] === "payout.sent")).toBe(true);
    await end(ofA);
    await end(ofB, "B");
  });

  it("is of a refund, a work and a dispute too, in the shape that is promised", async () => {
    const id = await tell("A", ["sale.refunded", "work.withdrawn", "work.published", "dispute.opened"]);
    const saleId = await sell(stage, ["L1"]);
    await refundSale(stage.db, stage.house, { saleId, amount: 300, askedBy: null });
    await drain(stage);
    const work = { personId: stage.members.get("ana")!.personId, workId: stage.works.get("L2")! };
    await withdrawWork(stage.db, stage.house, work);
    await stage.db.updateTable("work").set({ state: "published" }).where("id", "=", work.workId).execute();
    await stage.db
      .insertInto("dispute")
      .values({
        ...{ id: v7(), stripe_dispute: "dp_test", sale_id: saleId, state: "open", reason: "fraudulent" },
        ...{ status: "needs_response", amount: 1500, created_at: stage.clock.now() },
        ...{ state_at: stage.clock.now(), looked_at: stage.clock.now() },
      })
      .execute();
    await deliver();
    const told = to(id).map(({ headers, body }) => {
      const event = headers["ventes-event"] as EventName;
      return [event, eventBodies[event].parse(JSON.parse(body)).data] as const;
    });
    expect(told.map(([event]) => event).sort()).toEqual([
      "dispute.opened",
      "sale.refunded",
      "work.published",
      "work.withdrawn",
    ]);
    expect(told.find(([event]) => event === "sale.refunded")![1]).toMatchObject({
      refund: { saleId, amount: 300 },
    });
    await stage.db.deleteFrom("dispute").where("stripe_dispute", "=", "dp_test").execute();
    await end(id);
  });

  it("is rolled back with its cause", async () => {
    const id = await tell("A", ["work.withdrawn"]);
    const work = { personId: stage.members.get("ana")!.personId, workId: stage.works.get("L2")! };
    await stage.db
      .transaction()
      .execute(async (trx) => {
        await withdrawWork(trx, stage.house, work);
        throw new Error("rolled back");
      })
      .catch(() => {});
    expect(await log(id)).toEqual([]);
    await end(id);
  });
});

describe("a delivery that fails", () => {
  it("is tried again, later and later, with the same bytes and id, then given up; replayed, it is received", async () => {
    const id = await tell("A", ["sale.paid"]);
    status = 500;
    await sell(stage, ["L1"]);
    expect(await deliver()).toEqual({ sent: 0, failed: 1 });
    expect(await deliver()).toEqual({ sent: 0, failed: 0 });
    for (const minutes of [1, 5, 15, 60, 180, 360, 720]) {
      await advance(stage, minutes + 1);
      expect(await deliver()).toEqual({ sent: 0, failed: 1 });
    }
    await advance(stage, 48 * 60);
    expect(await deliver()).toEqual({ sent: 0, failed: 0 });
    expect(to(id)).toHaveLength(8);
    expect(new Set(to(id).map(({ body }) => body)).size).toBe(1);
    expect(new Set(to(id).map(({ headers }) => headers["ventes-signature"])).size).toBe(8);
    const [given] = await log(id);
    expect(given).toMatchObject({ state: "given_up", attempts: 8, status: 500 });

    status = 200;
    const mine = { id: given!.id, coopId: coopOf("A"), by: staff.adminA };
    await expect(
      replayDelivery(stage.db, stage.house, { ...mine, coopId: coopOf("B"), by: staff.adminB }),
    ).rejects.toThrow(new Refusal("not_found"));
    await replayDelivery(stage.db, stage.house, mine);
    expect(await deliver()).toEqual({ sent: 1, failed: 0 });
    expect(to(id).at(-1)!.headers["ventes-delivery"]).toBe(given!.id);
    expect(await log(id)).toMatchObject([{ state: "delivered", status: 200 }]);
    await end(id);
  });

  it("says why: a redirect, which is not followed, and nobody there", async () => {
    const id = await tell("A", ["sale.paid"]);
    status = 302;
    await sell(stage, ["L1"]);
    await deliver();
    expect(received.map(({ path }) => path)).toEqual([`/${id}`]);
    expect(await log(id)).toMatchObject([{ state: "waiting", status: 302, failure: "status" }]);
    await stage.db
      .updateTable("webhook_endpoint")
      .set({ url: "http://127.0.0.1:1/" })
      .where("id", "=", id)
      .execute();
    await advance(stage, 2);
    await deliver();
    expect(await log(id)).toMatchObject([{ state: "waiting", status: null, failure: "no_answer" }]);
    await end(id);
    await advance(stage, 10);
    expect(await deliver()).toEqual({ sent: 0, failed: 0 });
  });

  it("is nobody else's to send while it is being sent, and sent again where the worker died", async () => {
    const id = await tell("A", ["sale.paid"]);
    await sell(stage, ["L1"]);
    const both = await Promise.all([deliver(), deliver()]);
    expect(both.map(({ sent }) => sent).sort()).toEqual([0, 1]);
    await sql`update webhook_delivery set state = 'waiting', next_at = ${stage.clock.now()}::timestamptz + interval '2 minutes'
      where endpoint_id = ${id}::uuid`.execute(stage.db);
    expect((await deliver()).sent).toBe(0);
    await advance(stage, 3);
    expect((await deliver()).sent).toBe(1);
    await end(id);
  });
});

describe("an address", () => {
  it("is in https and open to the world, or refused", async () => {
    for (const closed of [
      "127.0.0.1",
      "10.1.2.3",
      "172.20.0.1",
      "192.168.1.1",
      "169.254.169.254",
      "100.64.0.1",
      "0.0.0.0",
      "224.0.0.1",
      "::1",
      "::",
      "fe80::1",
      "fd00::1",
      "::ffff:127.0.0.1",
      "64:ff9b::a00:1",
      "2002:7f00:1::",
      "2001:db8::1",
    ])
      expect([closed, isPublicAddress(closed)]).toEqual([closed, false]);
    for (const open of ["1.1.1.1", "172.32.0.1", "2606:4700::1111"])
      expect([open, isPublicAddress(open)]).toEqual([open, true]);
    const strict = { anywhere: false };
    expect(await judgeOutgoing("http://example.org/", strict)).toBe("not_https");
    expect(await judgeOutgoing("https://127.0.0.1/", strict)).toBe("private");
    expect(await judgeOutgoing("https://2130706433/", strict)).toBe("private");
    expect(await judgeOutgoing("https://[::1]/", strict)).toBe("private");
    expect(await judgeOutgoing("https://localhost/", strict)).toBe("private");
    expect(await judgeOutgoing("https://nom:mot@example.org/", strict)).toBe("not_an_address");
    expect(await judgeOutgoing("file:///etc/passwd", { anywhere: true })).toBe("not_an_address");
  });

  it("is judged again where it is connected to", async () => {
    const post = (at: string) => postOutgoing(at, { body: "{}", headers: {}, anywhere: false });
    expect(await post(url)).toEqual({ failure: "not_https" });
    expect(await post(url.replace("http:", "https:"))).toEqual({ failure: "private" });
    expect(await post("https://localhost:1/")).toEqual({ failure: "private" });
    expect(received).toEqual([]);
  });

  it("of a house that is not on a bare machine is refused where it is private", async () => {
    const settings = { ...stage.house.settings, production: true, publicUrl: "https://ventes.test" };
    const asked = { id: v7(), by: staff.adminA, coopId: coopOf("A"), url: "https://10.0.0.1/", events };
    await expect(addEndpoint(stage.db, { ...stage.house, settings }, asked)).rejects.toThrow(
      new Refusal("endpoint_private"),
    );
    await expect(
      addEndpoint(stage.db, { ...stage.house, settings }, { ...asked, url: "http://example.org" }),
    ).rejects.toThrow(new Refusal("endpoint_address"));
  });

  it("is an admin's to give", async () => {
    const asked = { id: v7(), by: staff.treasurerA, coopId: coopOf("A"), url, events };
    await expect(addEndpoint(stage.db, stage.house, asked)).rejects.toThrow(new Refusal("not_found"));
  });
});

describe("the receiver that is shown", () => {
  it("is the one in docs/api.md", async () => {
    expect(await readFile(new URL("../../docs/api.md", import.meta.url), "utf8")).toContain(receiverExample);
  });

  it("takes what we sign, once, and nothing else", async () => {
    const secret = secretOf("s".repeat(32), v7());
    const port = await freePort();
    const child = spawn(process.execPath, ["--input-type=module", "-e", receiverExample], {
      env: { ...process.env, VENTES_SECRET: secret, PORT: String(port) },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (piece: string) => {
      printed += piece;
    });
    try {
      const body = JSON.stringify({ id: v7(), event: "work.published", data: {} });
      const post = (signature: string) =>
        postOutgoing(`http://127.0.0.1:${port}/`, {
          ...{ body, anywhere: true },
          headers: { "ventes-signature": signature },
        });
      const good = () => signatureOf(secret, new Date(), body);
      await expect.poll(() => post(good()), { timeout: 10_000 }).toEqual({ status: 204 });
      expect(await post(good())).toEqual({ status: 204 });
      const old = new Date(Date.now() - 600_000);
      expect(await post(signatureOf(secret, old, body))).toEqual({ status: 401 });
      expect(await post(signatureOf("whsec_autre", new Date(), body))).toEqual({ status: 401 });
      expect(await post("")).toEqual({ status: 401 });
      expect(printed.match(/work\.published/g)).toHaveLength(1);
    } finally {
      child.kill();
    }
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
