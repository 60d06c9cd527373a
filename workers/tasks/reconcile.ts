import { reconcile } from "#domain/reconciliation/reconcile.server.ts";
import type { Task } from "./task.ts";

export const reconcileTask: Task<"reconcile"> = async (db, house, payload) => {
  // The schedule rings without any.
  await reconcile(db, house, payload ?? {});
};
