import { settleSale } from "#domain/sales/settle-sale.server.ts";
import type { Task } from "./task.ts";

export const settleSaleTask: Task<"settle-sale"> = async (db, house, payload) => {
  await settleSale(db, house, payload);
};
