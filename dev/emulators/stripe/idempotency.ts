// Idempotency keys (docs: "Idempotent requests", and "API v2 overview" for the v2 rules).
// v1: the first answer to a key is kept for a day, errors too, and is given again to the same request; other parameters
// under the key are an error, and so is a second request while the first is being answered. Not kept: what failed in
// validation, 401, 409, 429. v2: only successes are kept, for 30 days; a failed request is simply done again.
import type { Double } from "./double.ts";
import { keyMisused } from "./faults.ts";
import { canonical } from "./parameters.ts";
import { Refusal } from "./refusal.ts";

export type KeptAnswer = {
  /** Method, path and parameters of the request that used the key first. */
  request: string;
  status: number;
  body: object;
  requestId: string;
  /** Milliseconds. */
  at: number;
};
export type Key = { name: string; request: string; v2: boolean };

const DAY_MS = 86_400_000;

export function keyOf(
  method: string,
  path: string,
  input: unknown,
  headers: { key: string; account: string },
): Key {
  const v2 = path.startsWith("/v2/");
  const scope = `${v2 ? "v2" : "v1"} ${headers.account} ${headers.key}`;
  return { name: scope, request: `${method} ${path} ${canonical(input)}`, v2 };
}

/** `busy`: the keys whose first request is being answered right now. */
export function keptAnswer(double: Double, key: Key, busy: Set<string>): KeptAnswer | undefined {
  if (busy.has(key.name))
    throw new Refusal(
      409,
      "There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through). Please try again later.",
      { type: "idempotency_error", code: "idempotency_key_in_use", kept: false },
    );
  const kept = double.state.keys[key.name];
  if (!kept) return undefined;
  if (double.clock.now() - kept.at >= (key.v2 ? 30 * DAY_MS : DAY_MS)) {
    delete double.state.keys[key.name];
    return undefined;
  }
  if (kept.request !== key.request) throw keyMisused();
  return kept;
}

export function keep(double: Double, key: Key, answer: Omit<KeptAnswer, "at" | "request">) {
  if (key.v2 && answer.status >= 400) return;
  double.state.keys[key.name] = { ...answer, request: key.request, at: double.clock.now() };
}
