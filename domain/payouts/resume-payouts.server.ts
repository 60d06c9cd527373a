import { sql, type Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueueAll } from "../jobs.ts";
import type { Destination } from "../ledger/account.ts";
import { settlementCurrency } from "../money/amount.ts";
import { unsentParts } from "./standing.server.ts";

type Resumed = { id: string; destination: Destination };

/**
 * Stripe reports funds available: destinations that waited for them may be sent money again. `ask`: no event said so, so Stripe is
 * asked first, and nothing is tried while less is available than the smallest transfer that was refused.
 */
export async function resumePayouts(
  db: Database,
  house: Pick<House, "clock" | "queue" | "stripe">,
  { ask = false }: { ask?: boolean | undefined } = {},
): Promise<void> {
  if (ask && !(await hasFunds(db, house))) return;
  await inTransaction(db, async (trx) => {
    const resumed = await trx
      .updateTable("payout_account")
      .set({ hold: null, held_at: null })
      .where("hold", "=", "balance_insufficient")
      .returning([
        "id",
        sql<Destination>`coalesce('member:' || member_id, 'coop:' || coop_id)`.as("destination"),
      ])
      .execute();
    await ringWhatWaited(trx, house, resumed, "balance_insufficient");
  });
}

async function hasFunds(db: Database, { stripe }: Pick<House, "stripe">): Promise<boolean> {
  const { rows } = await sql<{ least: number | null }>`
    select min(transfer.amount) as least from transfer join payout_account on payout_account.id = transfer.payout_account_id
    where payout_account.hold = 'balance_insufficient' and transfer.refusal = 'balance_insufficient'`.execute(
    db,
  );
  const least = rows[0]?.least ?? null;
  if (least === null) return true;
  const { available } = await stripe.fetchBalance();
  return (available[settlementCurrency] ?? 0) >= least;
}

/**
 * What was refused for this reason, and what came while nothing could be sent, is tried anew: what a sale could not be paid for as a
 * transfer of that sale, a release as a release.
 */
export async function ringWhatWaited(
  trx: Transaction<DB>,
  house: Pick<House, "queue">,
  resumed: readonly Resumed[],
  refusal: "balance_insufficient" | "cleared",
): Promise<void> {
  if (resumed.length === 0) return;
  // Sales of which something is owed: refused, split while nothing could be sent, or owed again since a refund failed. Those of a
  // refused release go with it.
  const unsent = await unsentParts(trx, { destination: resumed.map(({ destination }) => destination) });
  const { rows: ofReleases } = await sql<{ saleId: string; account: string }>`
    select distinct part.sale_id as "saleId", part.account from transfer_part as part
      join transfer on transfer.id = part.transfer_id
    where transfer.sale_id is null and transfer.refusal = ${refusal}
      and transfer.payout_account_id = any (${resumed.map((each) => each.id)}::uuid[])`.execute(trx);
  const { rows: refused } = await sql<{ saleId: string }>`
    select distinct sale_id as "saleId" from transfer where sale_id is not null and refusal = ${refusal}
      and destination = any (${resumed.map((each) => each.destination)})`.execute(trx);
  const withRelease = new Set(ofReleases.map(({ saleId, account }) => `${saleId} ${account}`));
  const bySale = new Set(refused.map(({ saleId }) => saleId));
  const sales = unsent
    .filter(({ saleId, account }) => bySale.has(saleId) || !withRelease.has(`${saleId} ${account}`))
    .map(({ saleId }) => saleId);
  await enqueueAll(
    trx,
    house,
    "send-parts",
    [...new Set(sales)].map((saleId) => ({ saleId })),
  );
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
    .where("refusal", "=", refusal)
    .execute();
  await enqueueAll(
    trx,
    house,
    "release-payee",
    released.map(({ payout_account_id: payoutAccountId }) => ({ payoutAccountId })),
  );
}
