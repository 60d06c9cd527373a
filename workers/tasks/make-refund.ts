import { makeRefund } from "#domain/sales/make-refund.server.ts";
import type { Task } from "./task.ts";

export const makeRefundTask: Task<"make-refund"> = async (db, house, payload, job) => {
  await makeRefund(db, house, payload, job?.id);
};
