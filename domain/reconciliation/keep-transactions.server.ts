import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { BalanceTransaction } from "#gateways/stripe.ts";
import type { House } from "../house.ts";
import { expectedEntry } from "./expected-entry.ts";

/**
 * Writes down what Stripe lists; what is known stays as it is, but for the payout that brought it, where that is known now. Of before
 * `readFrom` the books say nothing, and are asked nothing. Returns how many were new.
 */
export async function keepTransactions(
  db: Database,
  { clock }: Pick<House, "clock">,
  listed: readonly BalanceTransaction[],
  { readFrom, payout = null }: { readFrom: Date; payout?: string | null },
): Promise<number> {
  if (listed.length === 0) return 0;
  const now = clock.now();
  const known = await db
    .insertInto("balance_transaction")
    .values(
      listed.map((each) => {
        const expected = expectedEntry(each);
        return {
          id: each.id,
          type: each.type,
          category: each.category,
          source: each.sourceId,
          description: each.description,
          amount: each.amount,
          fee: each.fee,
          net: each.net,
          currency: each.currency,
          created_at: each.createdAt,
          available_at: each.availableAt,
          payout,
          before_books: each.createdAt < readFrom,
          entry_kind: expected.kind,
          entry_object: expected.object,
          seen_at: now,
        };
      }),
    )
    .onConflict((conflict) =>
      conflict
        .column("id")
        .doUpdateSet({ payout: (from) => from.ref("excluded.payout") })
        .where("excluded.payout", "is not", null)
        .where((where) =>
          where("balance_transaction.payout", "is distinct from", where.ref("excluded.payout")),
        ),
    )
    .returning(sql<boolean>`xmax = 0`.as("fresh"))
    .execute();
  return known.filter(({ fresh }) => fresh).length;
}
