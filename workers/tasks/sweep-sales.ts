import { sweepPayouts } from "#domain/payouts/sweep-payouts.server.ts";
import { sweepGifts } from "#domain/sales/sweep-gifts.server.ts";
import { sweepRefunds } from "#domain/sales/sweep-refunds.server.ts";
import { sweepSales } from "#domain/sales/sweep-sales.server.ts";
import { sweepTaxes } from "#domain/sales/sweep-taxes.server.ts";
import type { Task } from "./task.ts";

export const sweepSalesTask: Task<"sweep-sales"> = async (db, house) => {
  await sweepSales(db, house);
  await sweepRefunds(db, house);
  await sweepTaxes(db, house);
  await sweepPayouts(db, house);
  await sweepGifts(db, house);
};
