import { recordTaxes } from "#domain/sales/record-taxes.server.ts";
import type { Task } from "./task.ts";

export const recordTaxesTask: Task<"record-taxes"> = async (db, house, payload) => {
  await recordTaxes(db, house, payload);
};
