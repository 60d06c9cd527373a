import { splitSale } from "#domain/sales/split-sale.server.ts";
import type { Task } from "./task.ts";

export const splitSaleTask: Task<"split-sale"> = async (db, house, payload) => {
  await splitSale(db, house, payload);
};
