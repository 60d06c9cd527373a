import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { destinationOf } from "../ledger/account.ts";
import { type Amount, sum } from "../money/amount.ts";
import type { Slot } from "../revenue/take-back.ts";

/** What a transfer brought to an account from the sale, and has not been taken back. */
type Brought = { transferId: string; account: string; amount: Amount };

/**
 * What comes back from the transfers of a sale where this much is taken from its people: for each destination min(taken from it,
 * received for this sale), oldest transfer first, releases too. Writes nothing: it is also what is shown before anybody confirms.
 */
export async function comesBack(
  db: Database,
  { saleId, taken }: { saleId: string; taken: readonly Slot[] },
): Promise<Brought[]> {
  const { rows: brought } = await sql<Brought>`
    select part.transfer_id as "transferId", part.account, (part.amount - coalesce((
        select sum(back.amount) from reversal_part as back join reversal on reversal.id = back.reversal_id
        where reversal.transfer_id = part.transfer_id and reversal.sale_id = part.sale_id and back.account = part.account
          and reversal.state in ('intended', 'done')), 0))::bigint as amount
    from transfer_part as part join transfer on transfer.id = part.transfer_id
    where part.sale_id = ${saleId} and (transfer.state = 'sent' or (transfer.state = 'intended' and transfer.calls > 0))
    order by transfer.created_at, transfer.id, part.position`.execute(db);
  const given = taken.filter((slot) => slot.kind === "part");
  const destinations = [...new Set(given.map((slot) => destinationOf(slot.account)))];
  return destinations.flatMap((destination) =>
    destination === null
      ? []
      : bringBack(
          given.filter((slot) => destinationOf(slot.account) === destination),
          brought.filter((part) => destinationOf(part.account) === destination),
        ),
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
