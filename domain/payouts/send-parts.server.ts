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

/** After a transfer's first call: its outcome is known, or it is not for a while. */
const lookAgainSeconds = 60;

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
    const attempts = await attemptsOf(trx, house.clock.now(), saleId);
    let isBusy = false;
    const intentions = straight.flatMap(({ payoutAccountId, destination }): Intention[] => {
      const last = attempts.get(destination);
      const free = standing.get(destination)?.free ?? 0;
      const parts = take(
        payable.filter((part) => part.destination === destination),
        free,
      );
      const amount = sum(parts.map((part) => part.amount));
      if (amount <= 0) return [];
      if (last?.isIntended) {
        isBusy ||= last.isBusy;
        return [];
      }
      const from = { id: saleId, charge: sale.stripe_charge!, attempt: (last?.attempt ?? 0) + 1 };
      return [{ destination, payoutAccountId, amount, sale: from, parts }];
    });
    await intendTransfers(trx, house, intentions);
    if (isBusy) await enqueue(trx, house, "send-parts", { saleId }, { startAfter: lookAgainSeconds });
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

type Attempts = { attempt: number; isIntended: boolean; isBusy: boolean };

/**
 * How often the sale's part was sent to each destination, and whether a transfer of it stands with its outcome unknown: a second one
 * beside it waits for that. `isBusy`: its first call is still to come or under way, and known in a moment; what is called again
 * rings for the rest of its sale itself (`keepSent`).
 */
async function attemptsOf(trx: Transaction<DB>, now: Date, saleId: string): Promise<Map<string, Attempts>> {
  const rows = await trx
    .selectFrom("transfer")
    .select([
      "destination",
      sql<number>`max(attempt)`.as("attempt"),
      sql<boolean>`bool_or(state = 'intended')`.as("isIntended"),
      sql<boolean>`coalesce(bool_or(state = 'intended' and (calls = 0 or leased_until > ${now})), false)`.as(
        "isBusy",
      ),
    ])
    .where("sale_id", "=", saleId)
    .groupBy("destination")
    .execute();
  return new Map(rows.map(({ destination, ...row }) => [destination, row]));
}
