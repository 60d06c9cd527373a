import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";

/** Rings for the letter of each gift that is paid and whose day has come, once. */
export function sweepGifts(db: Database, house: Pick<House, "clock" | "queue">): Promise<void> {
  const now = house.clock.now();
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{ giftId: string }>`
      update gift set told_at = ${now} where id in (
        select g.id from gift g join sale on sale.id = g.sale_id
        where g.told_at is null and g.redeemed_at is null and g.deliver_at <= ${now} and sale.state in ('paid', 'claimed')
        order by g.deliver_at limit 500 for update of g skip locked)
      returning id as "giftId"`.execute(trx);
    await enqueueAll(trx, house, "send-gift", rows);
  });
}
