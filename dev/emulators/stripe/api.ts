// One call of the API, from its headers to its answer: key, version, route, faults, idempotency, act.
import { timingSafeEqual } from "node:crypto";
import { accountRoutes } from "./accounts.ts";
import { balanceRoutes } from "./balance.ts";
import { chargeRoutes } from "./charges.ts";
import { checkoutRoutes } from "./checkout.ts";
import { disputeRoutes } from "./disputes.ts";
import type { Call, Double, Handler, Routes } from "./double.ts";
import { API_VERSION, eventRoutes } from "./events.ts";
import { type FaultKind, faultFor, operationOf, type rateLimiter, refusalOf } from "./faults.ts";
import { type Key, keep, keptAnswer, keyOf } from "./idempotency.ts";
import { decodeForm } from "./parameters.ts";
import { payoutRoutes } from "./payouts.ts";
import { create as createRefund, refundRoutes } from "./refunds.ts";
import { Refusal } from "./refusal.ts";
import { newId } from "./state.ts";
import { taxRoutes } from "./tax.ts";
import { taxTransactionRoutes } from "./tax-transactions.ts";
import { transferRoutes } from "./transfers.ts";

export type Request = {
  method: string;
  path: string;
  query: string;
  headers: Record<string, string>;
  body: string;
};
export type Answer = { status: number; headers: Record<string, string>; body: object } | "cut";
export type Api = {
  double: Double;
  limiter: ReturnType<typeof rateLimiter>;
  /** How long each answer takes (real milliseconds), for trials of what happens meanwhile. */
  latencyMs: number;
  busyKeys: Set<string>;
};

const ROUTES: Routes = {
  ...checkoutRoutes,
  ...chargeRoutes,
  ...balanceRoutes,
  ...refundRoutes,
  ...transferRoutes,
  ...disputeRoutes,
  ...payoutRoutes,
  ...accountRoutes,
  ...eventRoutes,
  ...taxRoutes,
  ...taxTransactionRoutes,
};
const TABLE = Object.entries(ROUTES).map(([route, handler]) => {
  const [method, path] = route.split(" ") as [string, string];
  return { route, method, pattern: path.split("/"), handler };
});

function routeOf(method: string, path: string) {
  const parts = path.split("/");
  for (const { route, method: verb, pattern, handler } of TABLE) {
    if (verb !== method || pattern.length !== parts.length) continue;
    const ids: Record<string, string> = {};
    const fits = pattern.every((part, i) => {
      if (!part.startsWith(":")) return part === parts[i];
      ids[part.slice(1)] = decodeURIComponent(parts[i] ?? "");
      return parts[i] !== "";
    });
    if (fits) return { route, handler, ids };
  }
  throw new Refusal(404, `Unrecognized request URL (${method}: ${path}).`, { kept: false });
}

export async function answer(api: Api, request: Request): Promise<Answer> {
  const requestId = newId("req", 14);
  const headers = {
    "content-type": "application/json",
    "request-id": requestId,
    "stripe-version": API_VERSION,
  };
  const reply = (status: number, body: object, more: Record<string, string> = {}): Answer => {
    return { status, body, headers: { ...headers, ...more } };
  };
  let key: Key | undefined;
  let mine = false;
  try {
    authenticate(api.double, request.headers.authorization);
    checkVersion(request.headers["stripe-version"]);
    const { route, handler, ids } = routeOf(request.method, request.path);
    const call: Call = { ids, input: inputOf(request), account: request.headers["stripe-account"] };
    const name = request.headers["idempotency-key"];
    if (request.method === "POST" && name) {
      if (name.length > 255)
        throw new Refusal(400, "Idempotency keys can have at most 255 characters.", { kept: false });
      const account = request.headers["stripe-account"] ?? "";
      key = keyOf(request.method, request.path, call.input, { key: name, account });
      headers["idempotency-key" as keyof typeof headers] = name;
    }
    const met = faultFor(api.double, operationOf(route), call);
    const fault = met?.kind;
    if (
      fault === "drop_before" ||
      fault === "idempotency_error" ||
      fault === "rate_limit" ||
      fault === "lock_timeout"
    ) {
      met?.take();
      if (fault === "drop_before") return "cut";
      throw refusalOf(fault, "");
    }
    if (key) {
      const kept = keptAnswer(api.double, key, api.busyKeys);
      if (kept) {
        // What is kept is given again: of the faults only a cut can still happen.
        if (fault === "drop_after") {
          met?.take();
          return "cut";
        }
        return reply(kept.status, kept.body, {
          "idempotent-replayed": "true",
          "original-request": kept.requestId,
        });
      }
      api.busyKeys.add(key.name);
      mine = true;
    }
    if (api.limiter.exceeded(operationOf(route))) throw refusalOf("rate_limit", "");
    if (api.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, api.latencyMs));
    met?.take();
    const body = act(api.double, handler, call, fault, { id: requestId, idempotencyKey: name ?? null });
    if (key) keep(api.double, key, { status: 200, body, requestId });
    return fault === "drop_after" ? "cut" : reply(200, body);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const body = error.body();
    if (key && mine && error.kept) keep(api.double, key, { status: error.status, body, requestId });
    return reply(error.status, body);
  } finally {
    if (key && mine) api.busyKeys.delete(key.name);
  }
}

/** Runs a handler; the answer is a copy, which later changes of the state do not touch. */
function act(
  double: Double,
  handler: Handler,
  call: Call,
  fault: FaultKind | undefined,
  by: Double["request"],
) {
  const input = call.input as { destination?: string };
  const transfer = double.state.transfers[call.ids.id ?? ""];
  const refusal = refusalOf(fault, input.destination ?? transfer?.destination ?? "");
  if (refusal) throw refusal;
  double.request = by;
  try {
    return structuredClone(fault === "pending" ? createRefund(double, call, true) : handler(double, call));
  } finally {
    double.request = { id: null, idempotencyKey: null };
  }
}

function inputOf(request: Request): unknown {
  if (request.method === "GET") return decodeForm(request.query);
  if (!request.path.startsWith("/v2/")) return decodeForm(request.body);
  try {
    return request.body === "" ? {} : JSON.parse(request.body);
  } catch {
    throw new Refusal(400, "Invalid JSON in the request's body.", { kept: false });
  }
}

function authenticate(double: Double, authorization: string | undefined) {
  const refuse = (message: string) => new Refusal(401, message, { kept: false });
  if (!authorization)
    throw refuse(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth.",
    );
  const [scheme, value = ""] = authorization.split(" ");
  const given = scheme === "Basic" ? Buffer.from(value, "base64").toString().replace(/:.*$/, "") : value;
  const [a, b] = [Buffer.from(given), Buffer.from(double.settings.apiKey)];
  if (a.length !== b.length || !timingSafeEqual(a, b))
    throw refuse(
      `Invalid API Key provided: ${given.slice(0, 8)}${"*".repeat(Math.max(0, given.length - 8))}`,
    );
}

/** Stripe knows many versions; the double speaks only the one that the shop is written against. */
function checkVersion(version: string | undefined) {
  if (version !== undefined && version !== API_VERSION)
    throw new Refusal(400, `Invalid Stripe API version: ${version}. This double speaks ${API_VERSION}.`, {
      kept: false,
    });
}
