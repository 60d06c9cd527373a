import { accessOf } from "#domain/sales/access-link.ts";
import { readSale } from "#domain/sales/queries.server.ts";
import { splitSale } from "#domain/sales/split-sale.server.ts";
import { receiptLetter } from "../mails/receipt.ts";
import { sayOnce } from "../mails/say-once.ts";
import type { Task } from "./task.ts";

/**
 * The split is rung at the same instant as the receipt; doing it first, where the fee is known already, lets the receipt show
 * where each dollar went. Whatever stands in its way is told by its own job, and never keeps a buyer from their works.
 */
export const sendReceipt: Task<"send-receipt"> = async (db, house, { saleId }) => {
  const { publicUrl, sessionSecret } = house.settings;
  await splitSale(db, house, { saleId }).catch(() => {});
  const sale = await readSale(db, saleId);
  if (sale?.state !== "paid" && sale?.state !== "claimed") return;
  const compose = () => receiptLetter(sale, { access: accessOf(sessionSecret, saleId), publicUrl });
  await sayOnce(db, house, { key: `receipt:${saleId}`, to: sale.email, compose });
};
