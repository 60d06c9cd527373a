import { sql } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";
import type { Destination } from "../ledger/account.ts";

/**
 * Stripe reports funds available: destinations that waited for them may be sent money again. What a sale could not be paid for
 * is tried anew as a transfer of that sale; a release that was refused is released again.
 */
export async function resumePayouts(db: Database, house: Pick<House, "clock" | "queue">): Promise<void> {
  await inTransaction(db, async (trx) => {
    const resumed = await trx
      .updateTable("payout_account")
      .set({ hold: null })
      .where("hold", "=", "balance_insufficient")
      .returning([
        "id",
        sql<Destination>`coalesce('member:' || member_id, 'coop:' || coop_id)`.as("destination"),
      ])
      .execute();
    if (resumed.length === 0) return;
    // Sales whose parts were refused for want of funds, or split while nothing could be sent; those of a refused release go with it.
    const { rows } = await sql<{ saleId: string }>`
      select distinct line.sale_id as "saleId"
      from split_part as part join sale_line as line on line.id = part.sale_line_id
      where substring(part.account from '^(?:member|coop):[^:]+') = any (${resumed.map((each) => each.destination)})
        and not exists (
          select from transfer_part as brought join transfer on transfer.id = brought.transfer_id
          where brought.sale_id = line.sale_id and brought.account = part.account
            and (transfer.state in ('sent', 'intended') or transfer.sale_id is null))
      union
      select sale_id from transfer where sale_id is not null and refusal = 'balance_insufficient'
        and destination = any (${resumed.map((each) => each.destination)})`.execute(trx);
    await enqueueAll(trx, house, "send-parts", rows);
    const released = await trx
      .selectFrom("transfer")
      .select("payout_account_id")
      .distinct()
      .where(
        "payout_account_id",
        "in",
        resumed.map((each) => each.id),
      )
      .where("sale_id", "is", null)
      .where("refusal", "=", "balance_insufficient")
      .execute();
    await enqueueAll(
      trx,
      house,
      "release-payee",
      released.map(({ payout_account_id: payoutAccountId }) => ({ payoutAccountId })),
    );
  });
}
