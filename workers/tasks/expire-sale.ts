import { expireSale } from "#domain/sales/expire-sale.server.ts";
import type { Task } from "./task.ts";

export const expireSaleTask: Task<"expire-sale"> = async (db, house, payload) => {
  await expireSale(db, house, payload);
};
