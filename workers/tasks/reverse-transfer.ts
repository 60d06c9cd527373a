import { reverseTransfer } from "#domain/payouts/reverse-transfer.server.ts";
import type { Task } from "./task.ts";

export const reverseTransferTask: Task<"reverse-transfer"> = async (db, house, payload, job) => {
  await reverseTransfer(db, house, payload, job?.id);
};
