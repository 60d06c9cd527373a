import { sql, type Transaction } from "kysely";
import { v7 } from "uuid";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";
import { destinationOf } from "../ledger/account.ts";
import { type Amount, sum } from "../money/amount.ts";
import type { Slot } from "../revenue/take-back.ts";
import type { Cause } from "./take-from-sale.server.ts";

/** What a transfer brought to an account from the sale, and has not been taken back. */
type Brought = { transferId: string; account: string; amount: Amount };

/**
 * For each destination of which something was taken: what comes back of the transfers that brought it, oldest first, releases too —
 * min(taken from it, received for this sale). Transfers that were not called yet are given up instead. A transfer whose outcome is
 * not known may have brought it: its reversal waits until that is known.
 */
export async function intendReversals(
  trx: Transaction<DB>,
  house: Pick<House, "clock" | "queue">,
  { saleId, cause, taken }: { saleId: string; cause: Cause; taken: readonly Slot[] },
): Promise<void> {
  await giveUpUncalled(trx, house, saleId);
  const { rows: brought } = await sql<Brought>`
    select part.transfer_id as "transferId", part.account, (part.amount - coalesce((
        select sum(back.amount) from reversal_part as back join reversal on reversal.id = back.reversal_id
        where reversal.transfer_id = part.transfer_id and reversal.sale_id = part.sale_id and back.account = part.account
          and reversal.state in ('intended', 'done')), 0))::bigint as amount
    from transfer_part as part join transfer on transfer.id = part.transfer_id
    where part.sale_id = ${saleId} and (transfer.state = 'sent' or (transfer.state = 'intended' and transfer.calls > 0))
    order by transfer.created_at, transfer.id, part.position`.execute(trx);
  const given = taken.filter((slot) => slot.kind === "part");
  const destinations = [...new Set(given.map((slot) => destinationOf(slot.account)))];
  const back = destinations.flatMap((destination) =>
    destination === null
      ? []
      : bringBack(
          given.filter((slot) => destinationOf(slot.account) === destination),
          brought.filter((part) => destinationOf(part.account) === destination),
        ),
  );
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

/**
 * What each transfer gives back to make up for what was taken from one destination. A co-op's fund that bears a fee was sent less
 * than it was given: what is missing there comes from nowhere, the co-op owes it.
 */
function bringBack(taken: readonly Slot[], brought: readonly Brought[]): Brought[] {
  const wanted = new Map<string, Amount>();
  for (const { account, amount } of taken) wanted.set(account, (wanted.get(account) ?? 0) + amount);
  let left = sum(wanted.values());
  // First each account its own; then, where one of a co-op's funds was sent less, the others.
  const own = brought.map((part) => {
    const amount = Math.min(part.amount, wanted.get(part.account) ?? 0);
    wanted.set(part.account, (wanted.get(part.account) ?? 0) - amount);
    left -= amount;
    return amount;
  });
  return brought.flatMap((part, i) => {
    const more = Math.min(left, part.amount - own[i]!);
    left -= more;
    const amount = own[i]! + more;
    return amount > 0 ? [{ ...part, amount }] : [];
  });
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
