import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { memberDestination } from "../ledger/account.ts";
import { type Amount, sum } from "../money/amount.ts";
import { standings, type UnsentPart, unsentParts } from "./standing.server.ts";

/** How long something must have been due before it counts as unclaimed. */
const years = 3;

/** When what is unclaimed at `now` had fallen due at the latest. */
function longAgo(now: Date): Date {
  const then = new Date(now);
  then.setUTCFullYear(then.getUTCFullYear() - years);
  return then;
}

export type Unclaimed = {
  /** What may be set aside now. Cents. */
  amount: Amount;
  /** Of it, the parts of sales, the rest being of no sale. */
  parts: UnsentPart[];
};

/**
 * What fell due to a member three years ago or more and was never sent: unsent parts of sales split before then, and what the
 * ristournes posted before then brought that no release has taken (the oldest are taken first). What is younger stays, as do
 * parts of disputed sales and of shares not accepted; never more than is free.
 */
export async function unclaimedOf(
  db: Database,
  { memberId, now }: { memberId: string; now: Date },
): Promise<Unclaimed> {
  const destination = memberDestination(memberId);
  const then = longAgo(now);
  const { free } = (await standings(db, [destination])).get(destination)!;
  const unsent = await unsentParts(db, { destination });
  const { rows: old } = await sql<{ id: string }>`
    select id from sale where id = any (${unsent.map((part) => part.saleId)}::uuid[]) and split_at <= ${then}`.execute(
    db,
  );
  const { rows: young } = await sql<{ amount: number }>`
    select coalesce(sum(-posting.amount), 0)::bigint as amount from posting join entry on entry.id = posting.entry_id
    where posting.account = ${destination} and entry.kind = 'ristourne' and entry.posted_at > ${then}`.execute(
    db,
  );
  const parts = unsent.filter((part) => old.some((sale) => sale.id === part.saleId));
  const ofNoSale = Math.max(0, free - sum(unsent.map((part) => part.amount)));
  const oldOfNoSale = Math.max(0, ofNoSale - young[0]!.amount);
  return { amount: Math.min(free, sum(parts.map((part) => part.amount)) + oldOfNoSale), parts };
}

/** What was set aside for a person whom nobody could find, in one of their memberships. */
export type Aside = {
  amount: Amount;
  coopName: string;
  /** Where it is now; null: with the co-op, who gives it back. */
  remitted: { authority: string; paidOn: string; reference: string } | null;
};

/** What is set aside for the memberships of this person and was not reclaimed, each place where it is; the latest first. */
export async function asideOfPerson(db: Database, personId: string): Promise<Aside[]> {
  const { rows } = await sql<Aside>`
    select sum(aside.amount)::bigint as amount, coop.name as "coopName", case when remittance.id is not null then
      json_build_object('authority', authority, 'paidOn', paid_on, 'reference', reference) end as remitted
    from unclaimed_amount as aside join member on member.id = aside.member_id join coop on coop.id = member.coop_id
      left join remittance on remittance.id = aside.remittance_id
    where member.person_id = ${personId}::uuid and aside.reclaimed_at is null
    group by member.id, coop.id, remittance.id order by max(aside.set_aside_at) desc`.execute(db);
  return rows;
}
