import { accessOf } from "#domain/sales/access-link.ts";
import { readSale } from "#domain/sales/queries.server.ts";
import { readRefund } from "#domain/sales/refund-queries.server.ts";
import { refundLetter } from "../mails/refund-made.ts";
import { sayOnce } from "../mails/say-once.ts";
import type { Task } from "./task.ts";

export const sendRefundMade: Task<"send-refund-made"> = async (db, house, { refundId }) => {
  const refund = await readRefund(db, refundId);
  // The buyer's bank may have sent it back in between.
  if (refund?.state !== "succeeded") return;
  const sale = await readSale(db, refund.saleId);
  if (!sale) return;
  const { publicUrl, sessionSecret } = house.settings;
  const access = accessOf(sessionSecret, sale.id);
  const compose = () => refundLetter(sale, refund, { access, publicUrl });
  await sayOnce(db, house, { key: `refund:${refundId}`, to: sale.email, compose });
};
