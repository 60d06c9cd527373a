import { request as ask } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Settings } from "#gateways/env.ts";
import { keepPrivate, pinAddress, refuseMalformed, visitorOf } from "./arrival.ts";
import { sameOrigin } from "./guards.ts";

const settings = { publicUrl: "https://ventes.example" } as Settings;
let port = 0;
let close = () => {};

beforeAll(async () => {
  const app = express();
  app.set("trust proxy", "loopback, linklocal, uniquelocal");
  app.use(keepPrivate, refuseMalformed, sameOrigin(settings), pinAddress(settings));
  app.get("/cached", (_, response) => {
    response.set("cache-control", "public, max-age=60").send("kept");
  });
  app.get("/away", (_, response) => response.redirect("/"));
  app.use((request, response) => {
    response.send(
      `${request.protocol}://${request.get("host")} ${request.hostname} ${visitorOf(request, settings)}`,
    );
  });
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  port = (server.address() as AddressInfo).port;
  close = () => void server.close();
});
afterAll(() => close());

/** As it is written: `fetch` would tidy the address, and choose its own `Host`. */
function send(
  path: string,
  {
    method = "GET",
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
) {
  return new Promise<{ status: number; body: string; cache: string | undefined }>((resolve, reject) => {
    const sent = ask({ host: "127.0.0.1", port, path, method, headers }, async (answer) => {
      const text = (await answer.toArray()).join("");
      resolve({ status: answer.statusCode ?? 0, body: text, cache: answer.headers["cache-control"] });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

describe("what every request meets before the pages", () => {
  it("keeps pages, redirects and refusals out of every cache, and leaves the rest its own rule", async () => {
    expect((await send("/")).cache).toBe("private, no-store");
    expect((await send("/away")).cache).toBe("private, no-store");
    expect((await send("/%00")).cache).toBe("private, no-store");
    expect((await send("/cached")).cache).toBe("public, max-age=60");
  });

  it.each(["/oeuvres/%00", "/oeuvres?q=%00", "/oeuvres/%E0%A4%A"])("turns away %s", async (path) =>
    expect((await send(path)).status).toBe(400),
  );

  it("turns away a body too large to be held, or of unknown length", async () => {
    const write = (headers: Record<string, string>) => send("/caisse", { method: "POST", headers });
    expect((await write({ "content-length": "1048577" })).status).toBe(413);
    expect((await write({ "transfer-encoding": "chunked" })).status).toBe(411);
    expect((await write({ "content-length": "0" })).status).toBe(200);
  });

  it("tells pages the public address, whatever the visitor claims", async () => {
    const { body } = await send("/", {
      headers: { host: "evil.example", "x-forwarded-host": "evil.example:81" },
    });
    expect(body).toContain("https://ventes.example ventes.example");
  });

  it("lets only Stripe's own address do without our pages", async () => {
    const write = (path: string) =>
      send(path, { method: "POST", headers: { origin: "https://evil.example", "content-length": "0" } });
    expect((await write("/webhooks/stripe")).status).toBe(200);
    expect((await write("/webhooks/../caisse")).status).toBe(403);
    expect((await write("/caisse")).status).toBe(403);
  });
});

describe("who visits", () => {
  const visitor = (ip: string, header?: string, clientAddressHeader = "fly-client-ip") =>
    visitorOf({ ip, headers: header ? { "fly-client-ip": header } : {} }, { clientAddressHeader });

  it("is an address, or a household where it is of IPv6", () => {
    expect(visitor("203.0.113.7")).toBe("203.0.113.7");
    expect(visitor("::ffff:203.0.113.7")).toBe("203.0.113.7");
    expect(visitor("2001:db8:0:12:aaaa::1")).toBe("2001:db8:0:12::/64");
    expect(visitor("2001:0db8::12")).toBe("2001:db8:0:0::/64");
    expect(visitor("172.19.0.3", "203.0.113.9")).toBe("203.0.113.9");
  });

  it("is nobody where only the inside is seen", () => {
    for (const ip of ["127.0.0.1", "::1", "10.0.0.2", "fdaa::3", ""]) expect(visitor(ip)).toBeNull();
  });

  it("is the address that the nearest proxy saw, not the one that the visitor wrote before it", async () => {
    const { body } = await send("/", { headers: { "x-forwarded-for": "198.51.100.1, 203.0.113.7" } });
    expect(body).toMatch(/ 203\.0\.113\.7$/);
  });
});
