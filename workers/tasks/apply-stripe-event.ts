import { applyStripeEvent } from "#domain/sales/apply-stripe-event.server.ts";
import type { Task } from "./task.ts";

export const applyStripeEventTask: Task<"apply-stripe-event"> = async (db, house, payload) => {
  await applyStripeEvent(db, house, payload);
};
