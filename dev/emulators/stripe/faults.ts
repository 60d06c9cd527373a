// What goes wrong on demand: the next calls of a kind, once, so many times, or always.
import { accountInvalid } from "./accounts.ts";
import type { Double } from "./double.ts";
import { Refusal } from "./refusal.ts";
import { insufficient } from "./transfers.ts";

export type Operation = "session" | "transfer" | "reversal" | "refund";
export type FaultKind =
  /** The connection breaks before anything was done; after all was done. */
  | "drop_before"
  | "drop_after"
  /** Nothing done; the 500 is kept under the idempotency key. */
  | "error_500"
  /** 429: nothing done, nothing kept. */
  | "rate_limit"
  | "lock_timeout"
  /** Refused, and kept. */
  | "balance_insufficient"
  | "account_invalid"
  | "idempotency_error"
  /** Of a refund: accepted, but the money waits. */
  | "pending";
export type Fault = {
  on: Operation;
  fault: FaultKind;
  /** Of transfers and reversals: only those to this account. */
  destination?: string | undefined;
  times: number | "always";
};

const OPERATIONS: Record<string, Operation> = {
  "POST /v1/checkout/sessions": "session",
  "POST /v1/transfers": "transfer",
  "POST /v1/transfers/:id/reversals": "reversal",
  "POST /v1/refunds": "refund",
};
export const operationOf = (route: string): Operation | undefined => OPERATIONS[route];

/** The fault that this call meets; `take` makes it count one time less. */
export function faultFor(
  double: Double,
  operation: Operation | undefined,
  call: { ids: Record<string, string>; input: unknown },
): { kind: FaultKind; take(): void } | undefined {
  const { faults, transfers } = double.state;
  const input = call.input as { destination?: string };
  const destination =
    operation === "reversal" ? transfers[call.ids.id ?? ""]?.destination : input.destination;
  const found = faults.find(
    (fault) =>
      fault.on === operation && (fault.destination === undefined || fault.destination === destination),
  );
  if (!found) return undefined;
  const take = () => {
    if (found.times !== "always") found.times -= 1;
    if (found.times === 0) faults.splice(faults.indexOf(found), 1);
  };
  return { kind: found.fault, take };
}

const limited = (code: string, message: string) => new Refusal(429, message, { code, kept: false });

/** What Stripe answers instead of acting; undefined when it acts. */
export function refusalOf(fault: FaultKind | undefined, destination: string): Refusal | undefined {
  switch (fault) {
    case "error_500":
      return new Refusal(500, "An unknown error occurred.", { type: "api_error" });
    case "rate_limit":
      return limited("rate_limit", "Request rate limit exceeded. You can learn more about rate limits here.");
    case "lock_timeout":
      return limited(
        "lock_timeout",
        "This object cannot be accessed right now because another API request or Stripe process is currently accessing it.",
      );
    case "balance_insufficient":
      return insufficient();
    case "account_invalid":
      return accountInvalid(destination);
    case "idempotency_error":
      return keyMisused();
    default:
      return undefined;
  }
}

export const keyMisused = () =>
  new Refusal(
    400,
    "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than this one if you meant to execute a different request.",
    { type: "idempotency_error", kept: false },
  );

/** So many calls of a kind in a second of the machine's clock, as Stripe limits some; for trials under load. */
export function rateLimiter() {
  const limits = new Map<Operation, { perSecond: number; recent: number[] }>();
  return {
    set(operation: Operation, perSecond: number | null) {
      if (perSecond === null) limits.delete(operation);
      else limits.set(operation, { perSecond, recent: [] });
    },
    exceeded(operation: Operation | undefined) {
      const limit = operation && limits.get(operation);
      if (!limit) return false;
      const now = performance.now();
      limit.recent = limit.recent.filter((at) => now - at < 1000);
      if (limit.recent.length >= limit.perSecond) return true;
      limit.recent.push(now);
      return false;
    },
  };
}
