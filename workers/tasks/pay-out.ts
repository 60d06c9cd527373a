import { payOut } from "#domain/payouts/pay-out.server.ts";
import type { Task } from "./task.ts";

export const payOutTask: Task<"pay-out"> = async (db, house, payload, job) => {
  await payOut(db, house, payload, job?.id);
};
