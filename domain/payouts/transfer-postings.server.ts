import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.ts";
import { type Destination, funds } from "../ledger/account.ts";
import type { Posting } from "../ledger/post.server.ts";
import { balances } from "../ledger/queries.server.ts";
import { type Amount, sum } from "../money/amount.ts";

/**
 * The postings of entry `transfer`: the account +amount, `stripe` −amount; for a co-op each of its funds with the part that the
 * transfer brings. What a release brings beyond parts of sales comes from the funds that are in credit.
 */
export async function transferPostings(
  trx: Transaction<DB>,
  { id, destination, amount }: { id: string; destination: Destination; amount: Amount },
): Promise<Posting[]> {
  const out: Posting = { account: "stripe", amount: -amount };
  if (destination.startsWith("member:")) return [{ account: destination, amount }, out];
  const parts = await trx
    .selectFrom("transfer_part")
    .select(["account", sql<number>`sum(amount)::bigint`.as("amount")])
    .where("transfer_id", "=", id)
    .groupBy("account")
    .execute();
  let rest = amount - sum(parts.map((part) => part.amount));
  if (rest > 0) {
    for (const [account, balance] of await balances(
      trx,
      funds.map((fund) => `${destination}:${fund}`),
    )) {
      const brought = parts.find((part) => part.account === account)?.amount ?? 0;
      const more = Math.min(rest, Math.max(0, -balance - brought));
      parts.push({ account, amount: more });
      rest -= more;
    }
    parts.push({ account: `${destination}:operating`, amount: rest });
  }
  return [...parts, out];
}
