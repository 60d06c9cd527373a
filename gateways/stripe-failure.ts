// What may go wrong between Stripe and us, in words that a caller can act on.
import Stripe from "stripe";

/**
 * What Stripe's answer, or its absence, means for the caller.
 * - refused: Stripe said no and did nothing; asking the same again under a new key may one day succeed.
 * - unknown: it may have been done or not (cut connection, timeout, 5xx): only the same key, or a search, may tell.
 * - retry: it was not done, and the same key may be used again later (429, lock_timeout, key in use, 401).
 * `code` is Stripe's error code where there is one (balance_insufficient, account_invalid, lock_timeout, …), and
 * "idempotency_error" where a key came back with other contents: that one is for a person.
 */
export class StripeFailure extends Error {
  /** The web process holds this file twice, in `server.ts` and in the built pages: their failures know each other by name. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof Error && error.name === "StripeFailure";
  }
  override readonly name = "StripeFailure";
  readonly outcome: "refused" | "unknown" | "retry";
  readonly code: string;
  readonly httpStatus: number | null;
  readonly requestId: string | null;
  constructor(
    outcome: StripeFailure["outcome"],
    code: string,
    message: string,
    httpStatus: number | null,
    more: { requestId?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.outcome = outcome;
    this.code = code;
    this.httpStatus = httpStatus;
    this.requestId = more.requestId ?? null;
  }
}

/** A webhook that must be answered 400 and not believed. */
export class WebhookRefused extends Error {
  /** The web process holds this file twice, in `server.ts` and in the built pages: their failures know each other by name. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof Error && error.name === "WebhookRefused";
  }
  override readonly name = "WebhookRefused";
  readonly reason: "signature" | "too_old" | "malformed";
  constructor(reason: WebhookRefused["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Runs a call of the package; whatever it throws leaves as a StripeFailure. */
export async function ask<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw failureOf(error);
  }
}

function failureOf(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  const status = error.statusCode ?? null;
  const more = { requestId: error.requestId, cause: error };
  const fail = (outcome: StripeFailure["outcome"], code: string) =>
    new StripeFailure(outcome, code, error.message, status, more);
  if (error instanceof Stripe.errors.StripeConnectionError || status === null)
    return fail("unknown", "connection_broken");
  if (status >= 500) return fail("unknown", error.code ?? "api_error");
  if (status === 429) return fail("retry", error.code ?? "rate_limit");
  if (status === 409) return fail("retry", error.code ?? "conflict");
  if (status === 401) return fail("retry", "authentication_failed");
  if (error.rawType === "idempotency_error") return fail("refused", "idempotency_error");
  return fail("refused", error.code ?? error.rawType ?? error.type);
}
