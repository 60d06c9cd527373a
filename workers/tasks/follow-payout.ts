import { followPayout } from "#domain/reconciliation/follow-payout.server.ts";
import type { Task } from "./task.ts";

export const followPayoutTask: Task<"follow-payout"> = async (db, house, payout) => {
  await followPayout(db, house, payout);
};
