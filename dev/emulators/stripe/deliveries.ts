// Webhooks: signed, at least once, tried again when the shop does not answer 2xx; and, on demand, in the ways in which
// the post goes wrong: repeated, shuffled, held back, lost, late.
import { createHmac } from "node:crypto";
import type { Double } from "./double.ts";
import type { StoredEvent } from "./events.ts";

export type DeliveryMode =
  /** In the order of their making. */
  | { mode: "normal" }
  /** Each one so many times at once. */
  | { mode: "repeat"; times: number }
  /** Those of one burst in an order drawn from the seed. */
  | { mode: "shuffle"; seed: number }
  /** Kept back until `deliver`. */
  | { mode: "hold" }
  /** Never sent; they can still be listed. */
  | { mode: "drop" }
  /** So much later, by the double's clock. */
  | { mode: "late"; seconds: number };
/** Takes a webhook in this process instead of over HTTP; answers its status. */
export type Receiver = (raw: string, signature: string) => number | Promise<number>;
export type Delivery = { raw: string; signature: string; receivedAt: number; status: number };

/** Seconds before each new try. Stripe tries for up to three days, ever less often; here it begins sooner. */
const PATIENCE = [1, 5, 30, 300, 1800, 7200, 21_600, 43_200, 86_400, 86_400];
const TIMEOUT_MS = 10_000;
/** How long a burst lasts before a shuffle sends it. */
const BURST_MS = 50;

export type Deliveries = ReturnType<typeof deliveriesOf>;

/** Stripe-Signature: t=SECONDS,v1=HMAC-SHA256 of "SECONDS.BODY" (docs: "Verify webhook signatures manually"). */
export function sign(raw: string, secret: string, seconds: number) {
  const v1 = createHmac("sha256", secret).update(`${seconds}.${raw}`).digest("hex");
  return `t=${seconds},v1=${v1}`;
}

export function deliveriesOf(
  double: Pick<Double, "state" | "clock" | "settings">,
  observer: { delivered(delivery: Delivery): void; changed(): void },
  receiver: Receiver | undefined,
) {
  const { state, clock, settings } = double;
  let line: Promise<void> = Promise.resolve();
  let burst: NodeJS.Timeout | null = null;
  let closed = false;

  const inLine = (work: () => Promise<void>) => {
    line = line.then(work, work);
    return line;
  };
  const waiting = (id: string) => state.undelivered.includes(id);
  const forget = (id: string) => {
    state.undelivered = state.undelivered.filter((other) => other !== id);
  };

  const hasEndpoint = () => receiver !== undefined || state.webhookUrl !== null;

  /** One request; the status of the answer, 0 when there is none. */
  async function post(stored: StoredEvent): Promise<number> {
    const raw = JSON.stringify(stored.event);
    const receivedAt = clock.seconds();
    const signature = sign(raw, settings.webhookSecret, receivedAt);
    let status = 0;
    try {
      status = receiver
        ? await receiver(raw, signature)
        : await request(state.webhookUrl ?? "", raw, signature);
    } catch {
      // Nobody answered: like any answer that is not 2xx.
    }
    if (closed) return 0;
    observer.delivered({ raw, signature, receivedAt, status });
    return status;
  }

  /** Sends one event, `copies` times at once; plans the next try when none was taken. */
  async function send(id: string, copies = 1) {
    const stored = state.events[id];
    if (!stored || closed || !hasEndpoint() || !waiting(id)) return;
    clock.unset("deliver", id);
    stored.attempts += 1;
    const statuses = await Promise.all(Array.from({ length: copies }, () => post(stored)));
    if (closed) return;
    if (statuses.some((status) => status >= 200 && status < 300)) {
      stored.deliveredAt = clock.iso();
      if (stored.event.object === "event") stored.event.pending_webhooks = 0;
      forget(id);
    } else {
      const pause = PATIENCE[stored.attempts - 1];
      if (pause === undefined) forget(id);
      else clock.set(clock.now() + pause * 1000, "deliver", id);
    }
    observer.changed();
  }

  /** Has come up, was not tried yet, and has no time of its own. */
  const isFresh = (id: string) =>
    state.events[id]?.attempts === 0 &&
    !state.timers.some((timer) => timer.kind === "deliver" && timer.id === id);
  function dispatch() {
    if (burst) clearTimeout(burst);
    burst = null;
    const { deliveryMode: mode } = state;
    if (mode.mode === "hold" || !hasEndpoint()) return;
    const copies = mode.mode === "repeat" ? mode.times : 1;
    const fresh = state.undelivered.filter(isFresh);
    const ids = mode.mode === "shuffle" ? shuffled(fresh, mode.seed) : fresh;
    for (const id of ids) void inLine(() => (isFresh(id) ? send(id, copies) : Promise.resolve()));
  }

  return {
    announce(stored: StoredEvent) {
      const { id } = stored.event;
      const { deliveryMode: mode } = state;
      // Nobody to tell: Stripe keeps the event in its list, and does not send it to endpoints that come later.
      if (mode.mode === "drop" || !hasEndpoint()) return;
      state.undelivered.push(id);
      if (mode.mode === "late") clock.set(clock.now() + mode.seconds * 1000, "deliver", id);
      else if (mode.mode !== "hold")
        burst ??= setTimeout(dispatch, mode.mode === "shuffle" ? BURST_MS : 0).unref();
    },
    /** A timer rang: another try, or a late one. */
    due: (id: string) => void inLine(() => send(id)),
    setMode(mode: DeliveryMode) {
      if (state.deliveryMode.mode !== "hold") dispatch();
      state.deliveryMode = mode;
    },
    /** Held events arrive: those named first, each name the oldest of its type, then the others, one after another. */
    async deliver(order: string[] = []) {
      const left = [...state.undelivered];
      const queue: string[] = [];
      for (const type of order) {
        const at = left.findIndex((id) => state.events[id]?.event.type === type);
        if (at >= 0) queue.push(...left.splice(at, 1));
      }
      for (const id of [...queue, ...left]) await inLine(() => send(id));
    },
    /** Everything that is to be sent by now has been sent. Held and later ones stay. */
    async settled() {
      dispatch();
      for (let before: Promise<void> | null = null; before !== line; ) {
        before = line;
        await before;
        if (burst) dispatch();
      }
    },
    /** What failed is tried again now, without its pause. */
    async retryNow() {
      for (const id of state.undelivered.filter((other) => (state.events[other]?.attempts ?? 0) > 0))
        await inLine(() => send(id));
    },
    /** After a restart: what was under way goes on. */
    resume: dispatch,
    close() {
      closed = true;
      if (burst) clearTimeout(burst);
    },
  };
}

async function request(url: string, raw: string, signature: string) {
  const answer = await fetch(url, {
    method: "POST",
    body: raw,
    headers: { "content-type": "application/json; charset=utf-8", "stripe-signature": signature },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: "manual",
  });
  await answer.arrayBuffer();
  return answer.status;
}

/** The same order for the same seed (mulberry32, Fisher-Yates). */
function shuffled<T>(items: T[], seed: number): T[] {
  const out = [...items];
  let a = seed >>> 0;
  const random = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}
