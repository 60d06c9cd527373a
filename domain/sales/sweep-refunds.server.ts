import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";

const perSweep = 500;

/**
 * Finds refunds asked that nobody is making, refunds that Stripe keeps pending (asked about every hour) and disputes that are open
 * (every day), for an event may be lost; and what answers a dispute, not gathered or not sent. `everything`: without waiting, at the start of a worker. Only rings doorbells.
 */
export async function sweepRefunds(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { everything = false }: { everything?: boolean } = {},
): Promise<void> {
  const now = house.clock.now();
  const ago = (minutes: number) => (everything ? now : new Date(now.getTime() - minutes * 60_000));
  await inTransaction(db, async (trx) => {
    const asked = await trx
      .selectFrom("refund")
      .innerJoin("sale", "sale.id", "refund.sale_id")
      .select("refund.id as refundId")
      .where("refund.state", "=", "asked")
      .where("sale.split_at", "is not", null)
      .where("refund.state_at", "<=", ago(2))
      .where((or) => or.or([or("refund.leased_until", "is", null), or("refund.leased_until", "<=", now)]))
      .orderBy("refund.state_at")
      .limit(perSweep)
      .execute();
    await enqueueAll(trx, house, "make-refund", asked);
    const { rows: pending } = await sql<{ saleId: string }>`
      update refund set state_at = ${now} where state = 'pending' and state_at <= ${ago(60)}
      returning sale_id as "saleId"`.execute(trx);
    await enqueueAll(trx, house, "record-refunds", pending);
    const { rows: open } = await sql<{ saleId: string }>`
      update dispute set looked_at = ${now} where state in ('open', 'inquiry') and looked_at <= ${ago(24 * 60)}
      returning sale_id as "saleId"`.execute(trx);
    await enqueueAll(trx, house, "follow-disputes", open);
    const { rows: bare } = await sql<{ disputeId: string }>`
      select dispute.id as "disputeId" from dispute where state in ('open', 'inquiry') and created_at <= ${ago(2)}
        and not exists (select from dispute_evidence as evidence where evidence.dispute_id = dispute.id)
      limit ${perSweep}`.execute(trx);
    await enqueueAll(trx, house, "gather-evidence", bare);
    const { rows: answers } = await sql<{ disputeId: string }>`
      select dispute_id as "disputeId" from dispute_evidence where state = 'asked' and state_at <= ${ago(2)}
      limit ${perSweep}`.execute(trx);
    await enqueueAll(trx, house, "submit-evidence", answers);
  });
}
