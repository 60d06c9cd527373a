import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import { post } from "../ledger/post.server.ts";
import { lockForgiven, undoWriteOffs } from "./undo-write-offs.server.ts";

/**
 * The buyer's bank sent a refund back: its postings with opposite signs, what it took remains again, the rights that it ended come
 * back, and what is owed again is sent by new transfers of the sale. Reversals stand;
 * a debt that it had left and a co-op gave up was none (`undoWriteOffs`). In the transaction that holds the sale locked.
 */
export async function failRefund(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  { refundId, saleId, stripeRefund }: { refundId: string; saleId: string; stripeRefund: string },
): Promise<void> {
  await lockForgiven(trx, refundId);
  const posted = await trx
    .selectFrom("posting")
    .innerJoin("entry", "entry.id", "posting.entry_id")
    .select(["posting.account", "posting.amount"])
    .where("entry.key", "=", `refund:${refundId}`)
    .execute();
  await post(trx, house, {
    key: `refund_failed:${refundId}`,
    kind: "refund_failed",
    saleId,
    stripeObject: stripeRefund,
    postings: posted.map(({ account, amount }) => ({ account, amount: -amount })),
  });
  const now = house.clock.now();
  const given = await trx
    .updateTable("taken_part")
    .set({ given_back_at: now })
    .where("refund_id", "=", refundId)
    .returning("sale_line_id")
    .execute();
  await sql`update download_right set ended_at = null
    where sale_line_id = any (${given.map((part) => part.sale_line_id)}::uuid[])`.execute(trx);
  await undoWriteOffs(trx, house, refundId);
  await enqueue(trx, house, "send-parts", { saleId });
}
