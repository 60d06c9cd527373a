import { sql, type Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueue, enqueueAll } from "../jobs.ts";

const perSweep = 500;

/**
 * Finds transfers and reversals intended that nobody is making, sales split of which nothing was ever sent (looked at once more, minutes later), and
 * payout accounts of which nothing was heard. `everything`: without waiting, at the start of a worker.
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
    await ringSilent(trx, house, now);
  });
}

/**
 * An event may be lost, so Stripe is asked, seldom, and only about accounts of which the answer matters: those whose owner is owed
 * something (every hour where it cannot be sent, every day where it can), those that wait for funds, and the deposits at the
 * bank of those that were sent money of late.
 */
async function ringSilent(trx: Transaction<DB>, house: Pick<House, "queue">, now: Date): Promise<void> {
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  const { rows: silent } = await sql<{ account: string }>`
    update payout_account set looked_at = ${now} where id in (
      select account.id from payout_account as account
      where replaced_at is null and state <> 'closed' and hold is distinct from 'balance_insufficient'
        and coalesce(looked_at, state_at) <= case when state = 'active' and hold is null
          then ${ago(24)}::timestamptz else ${ago(1)}::timestamptz end
        and exists (select from account_balance as owed where owed.balance < 0 and owed.account = any (
          case when member_id is null then array['coop:' || coop_id || ':operating', 'coop:' || coop_id || ':solidarity',
            'coop:' || coop_id || ':reserve'] else array['member:' || member_id] end))
      order by coalesce(looked_at, state_at) limit 100 for update skip locked)
    returning stripe_account as account`.execute(trx);
  await enqueueAll(
    trx,
    house,
    "refresh-account",
    silent.map(({ account }) => ({ stripeAccount: account })),
  );
  const { rows: short } = await sql`
    update payout_account set looked_at = ${now}
    where hold = 'balance_insufficient' and greatest(looked_at, held_at) <= ${ago(1)} returning id`.execute(
    trx,
  );
  if (short.length > 0) await enqueue(trx, house, "resume-payouts", { ask: true });
  const { rows: deposited } = await sql<{ account: string }>`
    update payout_account set bank_looked_at = ${now} where id in (
      select account.id from payout_account as account
      where replaced_at is null and state <> 'closed' and (bank_looked_at is null or bank_looked_at <= ${ago(24)})
        and (bank_payout is not null or exists (select from transfer where transfer.payout_account_id = account.id
          and transfer.state = 'sent' and transfer.state_at between ${ago(14 * 24)} and ${ago(24)}))
      order by bank_looked_at nulls first limit 100 for update skip locked)
    returning stripe_account as account`.execute(trx);
  await enqueueAll(
    trx,
    house,
    "look-at-bank",
    deposited.map(({ account }) => ({ stripeAccount: account })),
  );
}
