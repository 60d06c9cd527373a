import type { Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";
import type { Destination } from "../ledger/account.ts";
import type { Amount } from "../money/amount.ts";
import type { UnsentPart } from "./standing.server.ts";

export type Intention = {
  destination: Destination;
  payoutAccountId: string;
  amount: Amount;
  /** Of one sale, paid from its charge; absent: a release. */
  sale?: { id: string; charge: string; attempt: number } | undefined;
  parts: readonly UnsentPart[];
};

/**
 * Stores that money is to be sent, with the key that the call will carry, and rings `pay-out` — all in the transaction that found
 * it owed: the intent is committed before any call, and a call without an intent cannot be.
 */
export async function intendTransfers(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  intentions: readonly Intention[],
): Promise<void> {
  if (intentions.length === 0) return;
  const now = house.clock.now();
  const rows = intentions.map((intention) => ({ id: v7(), intention }));
  await trx
    .insertInto("transfer")
    .values(
      rows.map(({ id, intention: { sale, destination, payoutAccountId, amount } }) => ({
        id,
        key: sale ? `tr:${sale.charge}:${destination}:${sale.attempt}` : `tr:release:${id}`,
        sale_id: sale?.id ?? null,
        payout_account_id: payoutAccountId,
        destination,
        amount,
        attempt: sale?.attempt ?? 1,
        state: "intended",
        state_at: now,
        created_at: now,
      })),
    )
    .execute();
  const parts = rows.flatMap(({ id, intention }) =>
    intention.parts.map((part, i) => ({
      transfer_id: id,
      sale_id: part.saleId,
      account: part.account,
      amount: part.amount,
      position: i + 1,
    })),
  );
  if (parts.length > 0) await trx.insertInto("transfer_part").values(parts).execute();
  await enqueueAll(
    trx,
    house,
    "pay-out",
    rows.map(({ id }) => ({ transferId: id })),
  );
}
