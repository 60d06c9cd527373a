import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";
import { sum } from "../money/amount.ts";
import type { Slot } from "../revenue/take-back.ts";
import { comesBack } from "./comes-back.server.ts";
import type { Cause } from "./take-from-sale.server.ts";

/**
 * For each destination of which something was taken: reversals of the transfers that brought it (`comes-back`), each with its key.
 * Transfers that were not called yet are given up instead. A transfer whose outcome is not known may have brought it: its reversal
 * waits until that is known.
 */
export async function intendReversals(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  { saleId, cause, taken }: { saleId: string; cause: Cause; taken: readonly Slot[] },
): Promise<void> {
  await giveUpUncalled(trx, house, saleId);
  const back = await comesBack(trx, { saleId, taken });
  const reversals = [...new Set(back.map((part) => part.transferId))].map((transferId) => {
    const parts = back.filter((part) => part.transferId === transferId);
    return { id: v7(), transferId, parts, amount: sum(parts.map((part) => part.amount)) };
  });
  if (reversals.length === 0) return;
  const now = house.clock.now();
  await trx
    .insertInto("reversal")
    .values(
      reversals.map(({ id, transferId, amount }) => ({
        id,
        key: `rev:${id}:1`,
        transfer_id: transferId,
        sale_id: saleId,
        refund_id: "refundId" in cause ? cause.refundId : null,
        dispute_id: "disputeId" in cause ? cause.disputeId : null,
        amount,
        state: "intended",
        state_at: now,
        created_at: now,
      })),
    )
    .execute();
  await trx
    .insertInto("reversal_part")
    .values(
      reversals.flatMap(({ id, parts }) =>
        parts.map(({ account, amount }, i) => ({ reversal_id: id, account, amount, position: i + 1 })),
      ),
    )
    .execute();
  await enqueueAll(
    trx,
    house,
    "reverse-transfer",
    reversals.map(({ id }) => ({ reversalId: id })),
  );
}

/** Transfers that would bring parts of this sale and were not called yet: what is owed is looked at anew, and intended anew. */
export async function giveUpUncalled(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  saleId: string,
): Promise<void> {
  const { rows } = await sql<{ id: string; saleId: string | null; payoutAccountId: string }>`
    update transfer set state = 'refused', refusal = 'overtaken', state_at = ${house.clock.now()}
    where state = 'intended' and calls = 0
      and exists (select from transfer_part as part where part.transfer_id = transfer.id and part.sale_id = ${saleId})
    returning id, sale_id as "saleId", payout_account_id as "payoutAccountId"`.execute(trx);
  const releases = rows.filter((row) => row.saleId === null);
  if (rows.length > releases.length) await enqueueAll(trx, house, "send-parts", [{ saleId }]);
  await enqueueAll(
    trx,
    house,
    "release-payee",
    releases.map(({ payoutAccountId }) => ({ payoutAccountId })),
  );
}
