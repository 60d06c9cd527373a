import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { coopDestination, type Destination, memberDestination } from "../ledger/account.ts";
import { sum } from "../money/amount.ts";
import { lockPayees } from "./accounts.server.ts";
import { intendTransfers } from "./intend-transfer.server.ts";
import { lockSales, withinRoom } from "./room.server.ts";
import { standings, take, unsentParts } from "./standing.server.ts";

/**
 * Releases what is free of a destination in one plain transfer, without a charge behind it: when its account becomes active, when
 * a threshold is reached, when a share is accepted. It brings the unsent parts of sales, oldest split first. Nothing happens where
 * the account is not active, held or replaced, where less than the threshold is free, or while a release is on its way (the end of
 * that one rings again).
 */
export async function releasePayee(
  db: Database,
  house: Pick<House, "clock" | "queue">,
  { payoutAccountId }: { payoutAccountId: string },
): Promise<void> {
  const account = await db
    .selectFrom("payout_account")
    .select(["member_id", "coop_id"])
    .where("id", "=", payoutAccountId)
    .executeTakeFirst();
  if (!account) return;
  const destination: Destination = account.member_id
    ? memberDestination(account.member_id)
    : coopDestination(account.coop_id!);
  await inTransaction(db, async (trx) => {
    // The sales before the payee, as `send-parts` does, so that the two never wait for each other in a circle.
    const sales = new Set((await unsentParts(trx, { destination })).map((part) => part.saleId));
    await lockSales(trx, [...sales]);
    const [payee] = await lockPayees(trx, [destination]);
    if (payee?.payoutAccountId !== payoutAccountId) return;
    const onItsWay = await trx
      .selectFrom("transfer")
      .select("id")
      .where("destination", "=", destination)
      .where("sale_id", "is", null)
      .where("state", "=", "intended")
      .executeTakeFirst();
    if (onItsWay) return;
    const free = (await standings(trx, [destination])).get(destination)?.free ?? 0;
    if (free < Math.max(1, payee.threshold)) return;
    const unsent = await unsentParts(trx, { destination });
    const payable = await withinRoom(
      trx,
      unsent.filter((part) => sales.has(part.saleId)),
    );
    const parts = take(payable, free);
    // Beyond the parts of sales there is what came otherwise, as a ristourne; parts that their charge cannot pay stay owed.
    const otherwise = Math.max(0, free - sum(unsent.map((part) => part.amount)));
    const amount = sum(parts.map((part) => part.amount)) + otherwise;
    if (amount === 0) return;
    await intendTransfers(trx, house, [{ destination, payoutAccountId, amount, parts }]);
  });
}
