// What happened, as Stripe tells it: snapshot events (v1) carry the object as it was then, thin events (v2) its id.
import { z } from "zod";
import type { Double, Routes } from "./double.ts";
import { listOf, within } from "./lists.ts";
import { boolean, createdRange, page, read, text } from "./parameters.ts";
import { missing } from "./refusal.ts";
import { newId } from "./state.ts";

export const API_VERSION = "2026-10-28.endive";

type Snapshot = {
  id: string;
  object: "event";
  account?: string;
  api_version: string;
  created: number;
  data: { object: object; previous_attributes?: object };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
};
type Thin = {
  id: string;
  object: "v2.core.event";
  created: string;
  livemode: false;
  related_object: { id: string; type: string; url: string };
  type: string;
};
export type StoredEvent = {
  event: Snapshot | Thin;
  /** A thin event's data: only fetching the event shows it. */
  data: object | null;
  attempts: number;
  deliveredAt: string | null;
};
type Emit = Pick<Double, "emit" | "notify">;

/** `announce` is told of each new event, for the deliveries. */
export function emitterOf(double: Omit<Double, keyof Emit>, announce: (stored: StoredEvent) => void): Emit {
  const keep = (event: Snapshot | Thin, data: object | null) => {
    const stored = { event, data, attempts: 0, deliveredAt: null };
    double.state.events[event.id] = stored;
    announce(stored);
  };
  return {
    emit(type, object, more = {}) {
      const event: Snapshot = {
        id: newId("evt"),
        object: "event",
        ...(more.account !== undefined && { account: more.account }),
        api_version: API_VERSION,
        created: double.clock.seconds(),
        data: {
          object: structuredClone(object),
          ...(more.previous && { previous_attributes: more.previous }),
        },
        livemode: false,
        pending_webhooks: double.state.webhookUrl === null ? 0 : 1,
        request: { id: double.request.id, idempotency_key: double.request.idempotencyKey },
        type,
      };
      keep(event, null);
    },
    notify(type, accountId, data) {
      const event: Thin = {
        id: newId("evt_test"),
        object: "v2.core.event",
        created: double.clock.iso(),
        livemode: false,
        related_object: { id: accountId, type: "v2.core.account", url: `/v2/core/accounts/${accountId}` },
        type,
      };
      keep(event, data ?? null);
    },
  };
}

const isSnapshot = (stored: StoredEvent): stored is StoredEvent & { event: Snapshot } =>
  stored.event.object === "event";

const listParameters = z.strictObject({
  ...page,
  created: createdRange,
  delivery_success: boolean.optional(),
  type: text.optional(),
  types: z.array(text).max(20).optional(),
});

/** "charge.*" names every event that begins so. */
const named = (type: string, pattern: string) =>
  pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;

const thinList = z.strictObject({
  limit: page.limit,
  object_id: text.optional(),
  types: z.array(text).optional(),
});

export const eventRoutes: Routes = {
  "GET /v1/events": (double, { input }) => {
    const search = read(listParameters, input);
    const found = Object.values(double.state.events)
      .filter(isSnapshot)
      .filter(
        ({ event, deliveredAt }) =>
          within(event.created, search.created) &&
          (search.delivery_success === undefined || (deliveredAt !== null) === search.delivery_success) &&
          (search.type === undefined || named(event.type, search.type)) &&
          (search.types === undefined || search.types.some((pattern) => named(event.type, pattern))),
      )
      .map(({ event }) => event);
    return listOf(found, "/v1/events", search);
  },
  "GET /v1/events/:id": (double, { ids }) => {
    const found = double.state.events[ids.id ?? ""];
    if (!found || !isSnapshot(found)) throw missing("event", ids.id ?? "");
    return found.event;
  },
  "GET /v2/core/events": (double, { input }) => {
    const search = read(thinList, input);
    const data = Object.values(double.state.events)
      .filter((stored) => !isSnapshot(stored))
      .map(({ event, data: about }) => ({ ...(event as Thin), ...(about && { data: about }) }))
      .filter(
        (event) =>
          (search.object_id === undefined || event.related_object.id === search.object_id) &&
          (search.types === undefined || search.types.includes(event.type)),
      )
      .toReversed()
      .slice(0, search.limit ?? 20);
    return { data, next_page_url: null, previous_page_url: null };
  },
  "GET /v2/core/events/:id": (double, { ids }) => {
    const found = double.state.events[ids.id ?? ""];
    if (!found || isSnapshot(found)) throw missing("event", ids.id ?? "");
    return { ...found.event, ...(found.data && { data: found.data }) };
  },
};
