// A stand-in for Stripe on this machine: the unmodified `stripe` package talks to it, and so do browsers (see README.md).
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { settle } from "./charges.ts";
import { expire } from "./checkout.ts";
import { type ClockSetting, createClock, type Timer } from "./clock.ts";
import { type Control, controlOf, type World } from "./control.ts";
import { deliveriesOf, type Receiver } from "./deliveries.ts";
import type { Double, Settings } from "./double.ts";
import { emitterOf } from "./events.ts";
import { rateLimiter } from "./faults.ts";
import { exchange, serve } from "./http.ts";
import { recorder } from "./record.ts";
import { refundFails, refundSucceeds } from "./refunds.ts";
import { openState } from "./state.ts";

export type StripeOptions = {
  /** 0, the default: any that is free. */
  port?: number;
  host?: string;
  /** Where the state is kept from one start to the next; null or absent: in memory. */
  dataDir?: string | null;
  apiKey: string;
  webhookSecret: string;
  /** May also be given later, by control. */
  webhookUrl?: string;
  /** Takes the webhooks in this process, instead of a URL. */
  receiver?: Receiver;
  /** A file that every exchange is added to, one line of JSON each. */
  record?: string;
  clock?: ClockSetting;
  /** Where browsers find the double, when that is not its own address. */
  publicUrl?: string;
  /** From a payment to its balance transaction: 300 ms, or 0 (at once) when the clock is frozen. */
  feeDelayMs?: number;
  /** The platform's settlement currency ("cad") and country ("CA"). */
  currency?: string;
  country?: string;
};
export type StripeDouble = {
  url: string;
  port: number;
  close(): Promise<void>;
  control: Control;
  /** The API without a wire, for who plays thousands of sales in this process; throws where the connection is cut. */
  fetch: typeof fetch;
};

export async function startStripe(options: StripeOptions): Promise<StripeDouble> {
  const store = openState(options.dataDir ?? null);
  const { state } = store;
  if (options.webhookUrl !== undefined) state.webhookUrl = options.webhookUrl;
  const clock = createClock(options.clock ?? "real", state.timers, (timer) => ring(timer));
  const settings: Settings = {
    apiKey: options.apiKey,
    webhookSecret: options.webhookSecret,
    publicUrl: options.publicUrl ?? "",
    currency: options.currency ?? "cad",
    country: options.country ?? "CA",
    feeDelayMs: options.feeDelayMs ?? (clock.isFrozen() ? 0 : 300),
  };
  const record = recorder(options.record);
  const deliveries = deliveriesOf(
    { state, clock, settings },
    { delivered: (delivery) => record.delivered(delivery), changed: () => store.touch() },
    options.receiver,
  );
  const base = { state, clock, settings, request: { id: null, idempotencyKey: null } };
  const double: Double = Object.assign(
    base,
    emitterOf(base, (stored) => deliveries.announce(stored)),
  );
  const api = { double, limiter: rateLimiter(), latencyMs: 0, busyKeys: new Set<string>() };
  const world: World = {
    api,
    double,
    deliveries,
    record,
    touch: () => store.touch(),
    reset: () => store.reset(),
  };

  /** What was planned for later is due. */
  function ring({ kind, id }: Timer) {
    if (kind === "deliver") deliveries.due(id);
    const charge = kind === "settle" && state.charges[id];
    if (charge) settle(double, charge);
    const session = kind === "expire" && state.sessions[id];
    if (session) expire(double, session);
    const refund = state.refunds[id];
    if (refund && kind === "refund") refundSucceeds(double, refund);
    if (refund && kind === "refund_fails") refundFails(double, refund);
    store.touch();
  }

  const server = serve(world);
  server.listen(options.port ?? 0, options.host ?? "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://${options.host ?? "127.0.0.1"}:${port}`;
  settings.publicUrl = (options.publicUrl ?? url).replace(/\/$/, "");
  clock.wake();
  deliveries.resume();
  return {
    url,
    port,
    control: controlOf(world),
    fetch: withoutWire(world),
    async close() {
      if (!server.listening) return;
      deliveries.close();
      record.close();
      clock.stop();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
      store.save();
    },
  };
}

function withoutWire(world: World): typeof fetch {
  return async (target, init) => {
    const headers = Object.fromEntries(
      pairsOf(init?.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const url = new URL(String(target));
    const body = typeof init?.body === "string" ? init.body : "";
    const made = await exchange(world, { method: init?.method ?? "GET", url, headers, body });
    if (made === "cut") throw new TypeError("fetch failed");
    return answered(made.status, made.headers, JSON.stringify(made.body));
  };
}

const pairsOf = (headers: HeadersInit = {}) =>
  (Symbol.iterator in headers ? [...headers] : Object.entries(headers)) as [string, string][];

/** What the package reads of a response, and no more: a real one, with its streams, takes as long as the answer itself. */
function answered(status: number, headers: Record<string, string>, text: string): Response {
  const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { status, headers: named, text: async () => text } as unknown as Response;
}
