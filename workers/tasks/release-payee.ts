import { releasePayee } from "#domain/payouts/release-payee.server.ts";
import type { Task } from "./task.ts";

export const releasePayeeTask: Task<"release-payee"> = async (db, house, payload) => {
  await releasePayee(db, house, payload);
};
