import { v7 } from "uuid";
import { type Database, inTransaction } from "#db/connection.ts";
import type { House } from "../house.ts";
import { accounts } from "../ledger/account.ts";
import { post } from "../ledger/post.server.ts";
import { Refusal } from "../refusal.ts";
import type { Explanation } from "./explanation.ts";
import { keptPlatform } from "./queries.server.ts";

/**
 * The treasurer of the co-op that owns the platform says what a difference was: what is held of it leaves suspense for the account named,
 * by an entry of its own, with the reason kept. Where nothing is held (the books say something that Stripe does not), it is only closed.
 * Refuses `not_found` to who is no treasurer there, `difference_closed` where it was explained already.
 */
export async function explainDifference(
  db: Database,
  house: Pick<House, "clock">,
  input: { personId: string; differenceId: string; to: Explanation; reason: string },
): Promise<void> {
  const coop = await keptPlatform(db, input.personId);
  if (!coop?.isTreasurer) throw new Refusal("not_found");
  await inTransaction(db, async (trx) => {
    const known = await trx
      .selectFrom("difference")
      .selectAll()
      .where("id", "=", input.differenceId)
      .forUpdate()
      .executeTakeFirst();
    if (!known) throw new Refusal("not_found");
    if (known.closed_at) throw new Refusal("difference_closed");
    const now = house.clock.now();
    const account = accountOf(input.to, coop.id);
    if (known.held !== 0 && known.account !== null) {
      await post(trx, house, {
        key: `explained:${known.id}`,
        kind: "unexplained",
        postings: [
          { account: known.account, amount: known.held },
          { account, amount: -known.held },
        ],
      });
    }
    const after = {
      account: known.held === 0 ? known.account : account,
      closed_at: now,
      closed_because: "explained",
      closed_by: input.personId,
      reason: input.reason,
    };
    await trx.updateTable("difference").set(after).where("id", "=", known.id).execute();
    await trx
      .insertInto("audit")
      .values({
        id: v7(),
        coop_id: coop.id,
        person_id: input.personId,
        verb: "explain_difference",
        subject: `difference:${known.id}`,
        before: JSON.stringify({ account: known.account, held: known.held }),
        after: JSON.stringify({ account: after.account, reason: input.reason }),
        at: now,
      })
      .execute();
  });
}

function accountOf(to: Explanation, coopId: string): string {
  if (to === "bank") return accounts.bank;
  if (to === "stripe_fees") return accounts.cost(to);
  if (to === "refund_fees" || to === "dispute_fees" || to === "dispute_losses") return accounts.loss(to);
  return accounts.fund(coopId, to);
}
