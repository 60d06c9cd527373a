import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.ts";
import type { Destination } from "../ledger/account.ts";
import type { Amount } from "../money/amount.ts";

export type Payee = {
  payoutAccountId: string;
  destination: Destination;
  /** Paid by releases only, once this much is free; 0: after each sale. */
  threshold: Amount;
};

/**
 * The destinations, among these, that may be sent money now: their account is active, in use, and nothing holds it. Locked until
 * the transaction ends, always in the same order, so that two verbs never find the same money free.
 */
export async function lockPayees(
  trx: Transaction<DB>,
  destinations: readonly Destination[],
): Promise<Payee[]> {
  const ids = (kind: string) =>
    destinations.filter((each) => each.startsWith(kind)).map((each) => each.slice(kind.length));
  const { rows } = await sql<Payee>`
    select account.id as "payoutAccountId", coalesce(member.threshold, 0) as threshold,
      coalesce('member:' || account.member_id, 'coop:' || account.coop_id) as destination
    from payout_account as account left join member on member.id = account.member_id
    where account.replaced_at is null and account.state = 'active' and account.hold is null
      and (account.member_id = any (${ids("member:")}::uuid[]) or account.coop_id in (
        select id from coop where id = any (${ids("coop:")}::uuid[]) and money = 'own'))
    order by account.id for no key update of account`.execute(trx);
  return rows;
}
