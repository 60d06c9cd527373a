import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { memberDestination } from "../ledger/account.ts";
import { Refusal } from "../refusal.ts";
import { keepAct } from "./keep-act.server.ts";
import { findPayee } from "./payee-queries.server.ts";

/**
 * Staff mark the payout account of a member as shared: other members may then be paid there too (a band, a couple). Refuses `not_found`
 * where they do not keep the books of that member's co-op, or the member has no account. Marked again, nothing changes.
 */
export async function shareAccount(
  db: Database,
  house: Pick<House, "clock">,
  { memberId, personId }: { memberId: string; personId: string },
): Promise<void> {
  const payee = await findPayee(db, personId, memberDestination(memberId));
  if (!payee?.stripeAccount) throw new Refusal("not_found");
  const now = house.clock.now();
  await inTransaction(db, async (trx) => {
    const marked = await trx
      .insertInto("shared_account")
      .values({
        stripe_account: payee.stripeAccount!,
        coop_id: payee.coopId,
        shared_at: now,
        shared_by: personId,
      })
      .onConflict((conflict) => conflict.column("stripe_account").doNothing())
      .returning("stripe_account")
      .executeTakeFirst();
    if (marked)
      await keepAct(trx, house, payee, { act: "share", by: personId, words: marked.stripe_account });
  });
}
