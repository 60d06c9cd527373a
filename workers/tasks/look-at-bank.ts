import { lookAtBank } from "#domain/payouts/look-at-bank.server.ts";
import type { Task } from "./task.ts";

export const lookAtBankTask: Task<"look-at-bank"> = async (db, house, payload) => {
  await lookAtBank(db, house, payload);
};
