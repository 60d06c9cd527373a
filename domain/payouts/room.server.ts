import { sql, type Transaction } from "kysely";
import type { Database } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { Amount } from "../money/amount.ts";
import type { UnsentPart } from "./standing.server.ts";

/**
 * What the charge of each sale can still pay: what it brought, less its refunds (those that Stripe was asked for too, whatever came of
 * it) and its disputes lost or open, less what transfers brought of it or are bringing and no reversal took (money conventions, I5).
 * Under 0 where a reversal was refused: somebody kept what the others' parts would have to be paid from. To be relied on, the sales
 * are locked (`lockSales`).
 */
export async function roomOf(db: Database, saleIds: readonly string[]): Promise<Map<string, Amount>> {
  if (saleIds.length === 0) return new Map();
  const { rows } = await sql<{ saleId: string; room: Amount }>`
    select sale.id as "saleId", (coalesce(sale.settled, sale.total)
      - coalesce((select sum(amount) from refund where sale_id = sale.id
          and (state in ('pending', 'succeeded') or (state = 'asked' and calls > 0))), 0)
      - coalesce((select sum(withdrawn) from dispute where sale_id = sale.id and state in ('open', 'lost')), 0)
      - coalesce((select sum(part.amount) from transfer_part as part join transfer on transfer.id = part.transfer_id
          where part.sale_id = sale.id and transfer.state in ('intended', 'sent')), 0)
      + coalesce((select sum(amount) from reversal where sale_id = sale.id and state = 'done'), 0))::bigint as room
    from sale where id = any (${[...saleIds]}::uuid[])`.execute(db);
  return new Map(rows.map(({ saleId, room }) => [saleId, room]));
}

/** Of these parts, what the charges of their sales can still pay, in their order. What is left out stays owed. */
export async function withinRoom(db: Database, parts: readonly UnsentPart[]): Promise<UnsentPart[]> {
  const room = await roomOf(db, [...new Set(parts.map((part) => part.saleId))]);
  return parts.flatMap((part) => {
    const amount = Math.min(part.amount, Math.max(0, room.get(part.saleId) ?? 0));
    room.set(part.saleId, (room.get(part.saleId) ?? 0) - amount);
    return amount > 0 ? [{ ...part, amount }] : [];
  });
}

/** Whether the charges of a transfer's sales can pay for it, itself counted. */
export async function hasRoom(db: Database, transferId: string): Promise<boolean> {
  const parts = await db
    .selectFrom("transfer_part")
    .select("sale_id")
    .distinct()
    .where("transfer_id", "=", transferId)
    .execute();
  const room = await roomOf(
    db,
    parts.map((part) => part.sale_id),
  );
  return [...room.values()].every((left) => left >= 0);
}

/** Refunds, disputes and transfers of these sales come before or after, never in the midst; always in the same order. */
export async function lockSales(trx: Transaction<DB>, saleIds: readonly string[]): Promise<void> {
  await sql`select id from sale where id = any (${[...saleIds]}::uuid[]) order by id for no key update`.execute(
    trx,
  );
}

/** The same for the sales that a transfer brings parts of. */
export async function lockSalesOf(trx: Transaction<DB>, transferId: string): Promise<void> {
  await sql`select id from sale where id in (select sale_id from transfer_part where transfer_id = ${transferId})
    order by id for no key update`.execute(trx);
}
