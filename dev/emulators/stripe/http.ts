// The double's doors: Stripe's API under /v1 and /v2, the pages under /c/pay and /setup, the control under /_double.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { ZodError } from "zod";
import { type Answer, answer } from "./api.ts";
import { control, type World } from "./control.ts";
import type { Page } from "./pages/frame.ts";
import { notFound } from "./pages/frame.ts";
import { paymentPage, type Visit } from "./pages/payment.ts";
import { setupDone, setupPage } from "./pages/setup.ts";
import { languageOf } from "./pages/words.ts";
import { Refusal } from "./refusal.ts";

const LIMIT = 1_048_576;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LIMIT) throw new Refusal(400, "The request is too large.", { kept: false });
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { ...headers, "content-type": type, "cache-control": "no-store" });
  response.end(body);
}

const flat = (request: IncomingMessage) =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );

type Asked = { method: string; url: URL; headers: Record<string, string>; body: string };

/** One call of the API, answered and recorded; by whatever way it came. */
export async function exchange(world: World, { method, url, headers, body }: Asked): Promise<Answer> {
  const path = url.pathname + url.search;
  const asked = { method, path: url.pathname, query: url.search.slice(1), headers, body };
  const made = await answer(world.api, asked);
  world.touch();
  const cut = made === "cut";
  world.record.exchange({
    method,
    path,
    headers,
    body,
    status: cut ? 0 : made.status,
    response_headers: cut ? null : made.headers,
    response: cut ? null : made.body,
  });
  return made;
}

async function api(world: World, request: IncomingMessage, response: ServerResponse, url: URL, body: string) {
  const made = await exchange(world, { method: request.method ?? "GET", url, headers: flat(request), body });
  // A byte that is no HTTP, then the end. The package itself asks once more after a plain reset, whatever it was told
  // about retries, and the fault would pass unseen; after this it reports a broken connection.
  if (made === "cut") request.socket.end("\0");
  else send(response, made.status, "application/json", JSON.stringify(made.body), made.headers);
}

function page(world: World, request: IncomingMessage, url: URL, body: string): Page {
  const [, room, ...path] = url.pathname.split("/");
  const visit: Visit = {
    method: request.method ?? "GET",
    path: room === "c" ? path.slice(1) : path,
    query: url.searchParams,
    form: new URLSearchParams(body),
    acceptLanguage: request.headers["accept-language"],
  };
  if (room === "c" && path[0] === "pay") return paymentPage(world.double, visit);
  if (room === "setup" && path[0] === "done")
    return setupDone(languageOf(url.searchParams.get("lang"), undefined));
  if (room === "setup") return setupPage(world.double, visit);
  return notFound(languageOf(null, visit.acceptLanguage));
}

/** A page of another site can make a browser post a form here, but not JSON: so the control takes nothing else. */
async function command(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  body: string,
) {
  const reply = (status: number, told: unknown) =>
    send(response, status, "application/json", JSON.stringify(told));
  if (request.method === "POST" && !/^application\/json\b/.test(request.headers["content-type"] ?? ""))
    return reply(415, { error: "the control takes JSON" });
  try {
    const result = await control(
      world,
      url.pathname.slice("/_double/".length),
      body === "" ? {} : JSON.parse(body),
    );
    if (result === undefined) return reply(404, { error: `no such verb: ${url.pathname}` });
    reply(200, result);
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof ZodError || error instanceof Error)) throw error;
    reply(400, { error: error.message });
  }
}

export function serve(world: World) {
  return createServer((request, response) => {
    void handle(world, request, response).catch((error: unknown) => {
      // A defect of the double itself: said aloud, and answered as Stripe answers its own.
      console.error("stripe double:", error);
      const body = { error: { type: "api_error", message: "The double failed; see its log." } };
      if (!response.headersSent) send(response, 500, "application/json", JSON.stringify(body));
    });
  });
}

async function handle(world: World, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? "/", "http://double.invalid");
  const body = await bodyOf(request);
  if (/^\/v[12]\//.test(url.pathname)) return api(world, request, response, url, body);
  if (url.pathname.startsWith("/_double/")) return command(world, request, response, url, body);
  const made = page(world, request, url, body);
  world.touch();
  const safe = {
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'",
  };
  if ("redirect" in made) {
    response.writeHead(303, { location: made.redirect, "cache-control": "no-store" });
    response.end();
  } else
    send(response, made.status, "text/html; charset=utf-8", made.body, {
      ...safe,
      "referrer-policy": "no-referrer",
    });
}
