import { refreshAccount } from "#domain/payouts/refresh-account.server.ts";
import type { Task } from "./task.ts";

export const refreshAccountTask: Task<"refresh-account"> = async (db, house, payload) => {
  await refreshAccount(db, house, payload);
};
