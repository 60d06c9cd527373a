import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";

const perSweep = 500;

/**
 * Finds transfers and reversals intended that nobody is making, sales split of which nothing was ever sent (looked at once more, minutes later), and
 * payout accounts of which nothing was heard: those not active every hour, the active ones every day, for an event may be lost. `everything`: without waiting, at the start of a worker.
 */
export async function sweepPayouts(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { everything = false }: { everything?: boolean } = {},
): Promise<void> {
  const now = house.clock.now();
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  await inTransaction(db, async (trx) => {
    const transfers = await trx
      .selectFrom("transfer")
      .select("id")
      .where("state", "=", "intended")
      .where("state_at", "<=", everything ? now : ago(2))
      .where((or) => or.or([or("leased_until", "is", null), or("leased_until", "<=", now)]))
      .orderBy("state_at")
      .limit(perSweep)
      .execute();
    await enqueueAll(
      trx,
      house,
      "pay-out",
      transfers.map(({ id }) => ({ transferId: id })),
    );
    const reversals = await trx
      .selectFrom("reversal")
      .select("id")
      .where("state", "=", "intended")
      .where("state_at", "<=", everything ? now : ago(2))
      .where((or) => or.or([or("leased_until", "is", null), or("leased_until", "<=", now)]))
      .orderBy("state_at")
      .limit(perSweep)
      .execute();
    await enqueueAll(
      trx,
      house,
      "reverse-transfer",
      reversals.map(({ id }) => ({ reversalId: id })),
    );
    const { rows: unsent } = await sql<{ id: string }>`
      update sale set looked_at = ${now} where id in (
        select id from sale where split_at between ${ago(24 * 60)} and ${ago(5)}
          and (looked_at is null or looked_at < split_at + interval '5 minutes')
          and not exists (select from transfer_part where transfer_part.sale_id = sale.id)
        order by split_at limit ${perSweep} for update skip locked)
      returning id`.execute(trx);
    await enqueueAll(
      trx,
      house,
      "send-parts",
      unsent.map(({ id }) => ({ saleId: id })),
    );
    const { rows: silent } = await sql<{ account: string }>`
      update payout_account set looked_at = ${now} where id in (
        select id from payout_account where replaced_at is null and state <> 'closed'
          and coalesce(looked_at, state_at) <= case state when 'active' then ${ago(24 * 60)}::timestamptz else ${ago(60)}::timestamptz end
        order by coalesce(looked_at, state_at) limit 100 for update skip locked)
      returning stripe_account as account`.execute(trx);
    await enqueueAll(
      trx,
      house,
      "refresh-account",
      silent.map(({ account }) => ({ stripeAccount: account })),
    );
  });
}
