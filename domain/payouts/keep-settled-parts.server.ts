import type { Transaction } from "kysely";
import type { DB } from "#db/schema.ts";
import type { Destination } from "../ledger/account.ts";
import type { Amount } from "../money/amount.ts";
import { take, type UnsentPart, unsentParts } from "./standing.server.ts";

/**
 * Writes down which parts of sales an amount settled, oldest split first, as a release would have brought them: no transfer brings
 * them any more. `among`: only these; what exceeds them comes of no sale.
 */
export async function keepSettledParts(
  trx: Transaction<DB>,
  cause: { outsidePaymentId: string } | { unclaimedAmountId: string },
  { destination, amount, among }: { destination: Destination; amount: Amount; among?: readonly UnsentPart[] },
): Promise<void> {
  const parts = take(among ?? (await unsentParts(trx, { destination })), amount);
  if (parts.length === 0) return;
  await trx
    .insertInto("settled_part")
    .values(
      parts.map((part) => ({
        outside_payment_id: "outsidePaymentId" in cause ? cause.outsidePaymentId : null,
        unclaimed_amount_id: "unclaimedAmountId" in cause ? cause.unclaimedAmountId : null,
        sale_id: part.saleId,
        account: part.account,
        amount: part.amount,
      })),
    )
    .execute();
}
