import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Stripe from "stripe";
import { afterEach, expect } from "vitest";
import { type StripeDouble, type StripeOptions, startStripe } from "#dev/emulators/stripe/server.ts";
import { createStripe, type StripeGateway } from "#gateways/stripe.ts";

// A fresh double for a test, the unmodified `stripe` package pointed at it, and our own gateway. After each test all that
// was said is held against Stripe's description of its API, where the checker is at hand beside the project.

export const API_KEY = "sk_test_0123456789abcdef";
export const WEBHOOK_SECRET = "whsec_0123456789abcdef";
export const START = "2026-06-01T12:00:00-04:00";

export type Bench = { double: StripeDouble; stripe: Stripe; gateway: StripeGateway; now(): Promise<Date> };
type Open = { double: StripeDouble; folder: string; record: string; checked: boolean };
const opened: Open[] = [];

const checkerFile = fileURLToPath(new URL("../../../shared/stripe/check-exchange.mjs", import.meta.url));
type Violation = { method: string; path: string; side: string; code: string; where: string; message: string };
type Checker = {
  loadSpec(): object;
  createChecker(
    spec: object,
    options: object,
  ): { exchange(x: object): Violation[]; event(x: object): Violation[] };
};
const checker: Checker | null = existsSync(checkerFile) ? ((await import(checkerFile)) as Checker) : null;
const spec = checker?.loadSpec();
if (!checker) console.log("skipped: the contract checker is not at hand, exchanges are not checked");

/** `checked: false`: for a test that misbehaves in ways the checker counts over the whole recording. */
export async function open(
  options: Partial<StripeOptions> & { checked?: boolean; timeoutMs?: number } = {},
): Promise<Bench> {
  const { checked = true, timeoutMs, ...settings } = options;
  const folder = mkdtempSync(join(tmpdir(), "stripe-double-"));
  const record = join(folder, "exchanges.jsonl");
  const double = await startStripe({
    apiKey: API_KEY,
    webhookSecret: WEBHOOK_SECRET,
    record,
    clock: { at: START },
    ...settings,
  });
  opened.push({ double, folder, record, checked });
  const now = async () => new Date((await double.control.snapshot()).now);
  const gateway = createStripe({
    apiKey: API_KEY,
    apiBase: double.url,
    webhookSecret: WEBHOOK_SECRET,
    timeoutMs,
  });
  return { double, stripe: clientOf(double.url), gateway, now };
}

export const clientOf = (url: string, apiKey = API_KEY) =>
  new Stripe(apiKey, {
    protocol: "http",
    host: new URL(url).hostname,
    port: new URL(url).port,
    maxNetworkRetries: 0,
    telemetry: false,
  });

afterEach(async () => {
  for (const { double, folder, record, checked } of opened.splice(0)) {
    await double.close();
    const lines = existsSync(record) ? readFileSync(record, "utf8").trim().split("\n").filter(Boolean) : [];
    rmSync(folder, { recursive: true });
    if (!checker || !spec || !checked) continue;
    // Bad requests that were refused are what a test asked for; bad ones that were accepted are not.
    const check = checker.createChecker(spec, { expectRejects: true, webhookSecrets: [WEBHOOK_SECRET] });
    const said = lines.map((line) => JSON.parse(line) as { kind?: string });
    const violations = said.flatMap((line) =>
      line.kind === "event" ? check.event(line) : check.exchange(line),
    );
    expect(
      violations.map((v) => `${v.method} ${v.path}: ${v.side}/${v.code} ${v.where}: ${v.message}`),
    ).toEqual([]);
  }
});

const HALF_HOUR_AND_ONE_MINUTE = 31 * 60;

/** An open session of one line, for 1500 unless said. */
export async function openSession(
  { stripe, now }: Bench,
  more: Partial<Stripe.Checkout.SessionCreateParams> & {
    amount?: number;
    currency?: string;
    sale?: string;
  } = {},
) {
  const { amount = 1500, currency = "cad", sale = "s1", ...parameters } = more;
  return stripe.checkout.sessions.create({
    mode: "payment",
    line_items: [
      {
        quantity: 1,
        price_data: { currency, unit_amount: amount, product_data: { name: "Le livre des marées" } },
      },
    ],
    success_url: "http://shop.test/merci?session={CHECKOUT_SESSION_ID}",
    cancel_url: "http://shop.test/panier",
    customer_email: "lise@exemple.org",
    client_reference_id: sale,
    expires_at: Math.floor((await now()).getTime() / 1000) + HALF_HOUR_AND_ONE_MINUTE,
    payment_intent_data: { transfer_group: `sale_${sale}`, metadata: { sale } },
    ...parameters,
  });
}

/** A paid sale; its charge. */
export async function paid(
  bench: Bench,
  more: Parameters<typeof openSession>[1] & {
    card?: string;
    fee?: "later" | number;
    settled?: number;
  } = {},
) {
  const { card, fee, settled, ...session } = more;
  const opened = await openSession(bench, session);
  const result = await bench.double.control.pay({
    session: opened.id,
    ...(card !== undefined && { card }),
    ...(fee !== undefined && { fee }),
    ...(settled !== undefined && { settled }),
  });
  if (result.charge === null) throw new Error(`the session was not paid: ${result.outcome}`);
  return { session: opened.id, charge: result.charge };
}

/** An account that may be sent money. */
export async function activeAccount({ double }: Bench, state: "active" | "restricted" | "closed" = "active") {
  const { account } = await double.control.createAccount({ state: "active" });
  if (state !== "active") await double.control.account({ account, state });
  return account;
}

/** What a call of the package was refused with. */
export async function refusalOf(call: Promise<unknown>) {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError)
      return {
        status: error.statusCode,
        type: error.rawType,
        code: error.code,
        param: error.param,
        message: error.message,
      };
    throw error;
  }
  throw new Error("the call was not refused");
}
