import { sql } from "kysely";
import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { accounts } from "../ledger/account.ts";
import { type Amount, settlementCurrency } from "../money/amount.ts";
import { kindsAtStripe } from "./expected-entry.ts";

const perRun = 500;
/** Stripe lists a movement within seconds; of a charge only once its fee is known. */
const patienceHours = 1;
const feeHours = 24;

/**
 * The reverse of the reading: an entry that says that money moved at Stripe, where Stripe lists nothing of the kind. Left out while
 * Stripe itself says that a refund is on its way, and where a refund failed before anything moved. Asked after a reading: what is
 * there has been seen. One that appears afterwards is closed.
 */
export async function findMissing(db: Database, { clock }: Pick<House, "clock">): Promise<void> {
  const now = clock.now();
  const before = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  await inTransaction(db, async (trx) => {
    await sql`
      update difference set closed_at = ${now}, closed_because = 'found_at_stripe'
      from entry where difference.kind = 'not_at_stripe' and difference.closed_at is null and entry.id = difference.entry_id
        and (${isThere} or ${neverMoved})`.execute(trx);
    const { rows } = await sql<{ id: string; amount: Amount }>`
      select entry.id, posting.amount from entry
      join posting on posting.entry_id = entry.id and posting.account = ${accounts.stripe}
      where entry.stripe_object is not null and entry.kind = any (${kindsAtStripe}::text[])
        and entry.id in (select id from entry where posted_at >= ${lookedAt}
          union all select told.id from refund join entry as told on told.stripe_object = refund.stripe_refund
            and told.kind in ('refund', 'refund_failed') where refund.state_at >= ${lookedAt})
        and entry.posted_at <= case entry.kind when 'sale' then ${before(feeHours)}::timestamptz
          else ${before(patienceHours)}::timestamptz end
        and not ${isThere} and not ${neverMoved}
        and not exists (select from refund where entry.kind = 'refund' and refund.stripe_refund = entry.stripe_object
          and refund.state = 'pending')
        and not exists (select from difference where kind = 'not_at_stripe' and about = entry.id::text)
      order by entry.number limit ${perRun}`.execute(trx);
    if (rows.length === 0) return;
    await trx
      .insertInto("difference")
      .values(
        rows.map(({ id, amount }) => ({
          id: v7(),
          kind: "not_at_stripe",
          about: id,
          entry_id: id,
          amount: -amount,
          currency: settlementCurrency,
          found_at: now,
        })),
      )
      .onConflict((conflict) => conflict.columns(["kind", "about"]).doNothing())
      .execute();
  });
}

/**
 * What is there once stays there: what was looked at by a run that came to its end is not looked at again, but for the days for which an
 * entry may wait, and refunds that Stripe kept pending meanwhile.
 */
const lookedAt = sql`coalesce((select max(started_at) from reconciliation
  where ended_at is not null and difference is not null) - interval '3 days', '-infinity')`;

/** As a lookup for each entry: they are few, and the movements all that ever were. */
const isThere = sql`((select true from balance_transaction as moved where moved.entry_object = entry.stripe_object
  and moved.entry_kind = case entry.kind when 'sale' then 'split' else entry.kind end limit 1) is not null)`;

/** A refund that failed before any money had left: Stripe lists neither, and both entries together are nothing. */
const neverMoved = sql`(entry.kind in ('refund', 'refund_failed')
  and exists (select from entry as failed where failed.kind = 'refund_failed' and failed.stripe_object = entry.stripe_object)
  and not exists (select from balance_transaction as moved where moved.entry_object = entry.stripe_object))`;
