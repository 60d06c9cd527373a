import { recordRefunds } from "#domain/sales/record-refunds.server.ts";
import type { Task } from "./task.ts";

export const recordRefundsTask: Task<"record-refunds"> = async (db, house, payload) => {
  await recordRefunds(db, house, payload);
};
