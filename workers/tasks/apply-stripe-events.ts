import { applyStripeEvents } from "#domain/sales/apply-stripe-events.server.ts";
import type { Task, TaskForMany } from "./task.ts";

export const applyStripeEventTask: Task<"apply-stripe-event"> = async (db, house, { eventId }) => {
  await applyStripeEvents(db, house, { eventIds: [eventId] });
};

export const applyStripeEventsTask: TaskForMany<"apply-stripe-event"> = async (db, house, payloads) => {
  await applyStripeEvents(db, house, { eventIds: payloads.map(({ eventId }) => eventId) });
  return payloads.map(() => null);
};
