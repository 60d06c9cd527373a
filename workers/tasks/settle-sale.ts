import { settleSale, settleSales } from "#domain/sales/settle-sale.server.ts";
import type { Task, TaskForMany } from "./task.ts";

export const settleSaleTask: Task<"settle-sale"> = async (db, house, payload) => {
  await settleSale(db, house, payload);
};

export const settleSalesTask: TaskForMany<"settle-sale"> = async (db, house, payloads) => {
  const settled = await settleSales(db, house, { saleIds: payloads.map(({ saleId }) => saleId) });
  return payloads.map(({ saleId }) => {
    const state = settled.get(saleId);
    return state instanceof Error ? state : null;
  });
};
