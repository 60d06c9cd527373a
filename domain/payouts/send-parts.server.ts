import { sql, type Transaction } from "kysely";
import { type Database, inTransaction } from "#db/connection.ts";
import type { DB } from "#db/schema.ts";
import type { House } from "../house.ts";
import { enqueue } from "../jobs.ts";
import type { Destination } from "../ledger/account.ts";
import { sum } from "../money/amount.ts";
import { hasOpenDispute } from "../sales/take-from-sale.server.ts";
import { lockPayees } from "./accounts.server.ts";
import { type Intention, intendTransfers } from "./intend-transfer.server.ts";
import { withinRoom } from "./room.server.ts";
import { standings, take, unsentParts } from "./standing.server.ts";

/**
 * Intends the transfers of a split sale (money conventions, § 5): each active destination without a threshold is sent what the
 * sale owes it and was not sent, or what is free where it owes, in one transfer paid from the sale's charge. Those with a
 * threshold are looked at by `release-payee`. Run again, it finds nothing left to intend. `only`: one destination.
 */
export async function sendParts(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { saleId, only }: { saleId: string; only?: Destination },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const sale = await trx
      .selectFrom("sale")
      .select(["id", "stripe_charge"])
      .where("id", "=", saleId)
      .where("split_at", "is not", null)
      // A refund, a dispute or a release of this sale comes before or after this, never in the midst of it.
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!sale?.stripe_charge || (await hasOpenDispute(trx, saleId))) return;
    const concerned = await destinationsOf(trx, saleId);
    const payees = await lockPayees(trx, only ? concerned.filter((each) => each === only) : concerned);
    const straight = payees.filter((payee) => payee.threshold === 0);
    // Read after the locks: what another verb intended meanwhile is seen.
    const standing = await standings(
      trx,
      straight.map((payee) => payee.destination),
    );
    const unsent = (await unsentParts(trx, { saleId })).filter((part) =>
      straight.some((payee) => payee.destination === part.destination),
    );
    // Where somebody kept what a refund took from them, the charge cannot pay for all the others: what is cut off stays owed.
    const payable = await withinRoom(trx, unsent);
    const attempts = await lastAttempts(trx, saleId);
    const intentions = straight.flatMap(({ payoutAccountId, destination }): Intention[] => {
      const free = standing.get(destination)?.free ?? 0;
      const parts = take(
        payable.filter((part) => part.destination === destination),
        free,
      );
      const amount = sum(parts.map((part) => part.amount));
      const attempt = (attempts.get(destination) ?? 0) + 1;
      const from = { id: saleId, charge: sale.stripe_charge!, attempt };
      return amount > 0 ? [{ destination, payoutAccountId, amount, sale: from, parts }] : [];
    });
    await intendTransfers(trx, house, intentions);
    for (const { threshold, payoutAccountId } of payees) {
      if (threshold > 0) await enqueue(trx, house, "release-payee", { payoutAccountId });
    }
  });
}

async function destinationsOf(trx: Transaction<DB>, saleId: string): Promise<Destination[]> {
  const rows = await trx
    .selectFrom("split_part")
    .innerJoin("sale_line", "sale_line.id", "split_part.sale_line_id")
    .select(sql<Destination>`substring(account from '^(?:member|coop):[^:]+')`.as("destination"))
    .distinct()
    .where("sale_line.sale_id", "=", saleId)
    .where(sql<boolean>`account ~ '^(member|coop):'`)
    .execute();
  return rows.map((row) => row.destination);
}

async function lastAttempts(trx: Transaction<DB>, saleId: string): Promise<Map<string, number>> {
  const rows = await trx
    .selectFrom("transfer")
    .select(["destination", sql<number>`max(attempt)`.as("attempt")])
    .where("sale_id", "=", saleId)
    .groupBy("destination")
    .execute();
  return new Map(rows.map((row) => [row.destination, row.attempt]));
}
