import { followDisputes } from "#domain/sales/follow-disputes.server.ts";
import type { Task } from "./task.ts";

export const followDisputesTask: Task<"follow-disputes"> = async (db, house, payload) => {
  await followDisputes(db, house, payload);
};
