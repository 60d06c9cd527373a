import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { entriesOfSale, type PostedEntry } from "../ledger/queries.server.ts";
import type { Amount } from "../money/amount.ts";
import { readSale, type SaleReceipt } from "./queries.server.ts";

export type EarningsOfMonth = {
  /** 2026-03 */
  month: string;
  sales: number;
  /** What the sales of the month gave. */
  given: Amount;
  /** What went back in the month, of whatever sale: refunds that stand, and lost disputes. */
  takenBack: Amount;
  /** Given, less what was taken back: may be negative. */
  toMember: Amount;
};

/**
 * What the members of this person earned, month by month (of Montréal), from the first to the last one in which anything happened.
 * A sale counts when it was paid, what goes back when it went: a month that is over does not change any more, unless a refund of
 * it fails.
 */
export async function earningsByMonth(db: Database, personId: string): Promise<EarningsOfMonth[]> {
  const { rows } = await sql<EarningsOfMonth>`
    with mine as (
      select line.id as line_id, line.sale_id, 'member:' || member.id as account from member
        join share on share.member_id = member.id
        join sale_line as line on line.share_list_id = share.share_list_id
      where member.person_id = ${personId}::uuid),
    happened as (
      select sale.paid_at as at, sale.id as sale_id, coalesce(part.amount, 0) as given, 0 as taken
      from mine join sale on sale.id = mine.sale_id and sale.state = 'paid'
        left join split_part as part
          on part.sale_line_id = mine.line_id and part.stage = 'shares' and part.account = mine.account
      union all
      select entry.posted_at, null, 0, taken.amount
      from mine join taken_part as taken on taken.sale_line_id = mine.line_id and taken.account = mine.account
          and taken.kind = 'part' and taken.given_back_at is null
        join entry on entry.key = coalesce('refund:' || taken.refund_id, 'dispute_lost:' || taken.dispute_id)),
    counted as (
      select date_trunc('month', at at time zone 'America/Montreal') as month, count(distinct sale_id)::int as sales,
        sum(given)::bigint as given, sum(taken)::bigint as taken
      from happened group by 1)
    select to_char(every.month, 'YYYY-MM') as month, coalesce(counted.sales, 0) as sales,
      coalesce(counted.given, 0)::bigint as given, coalesce(counted.taken, 0)::bigint as "takenBack",
      coalesce(counted.given - counted.taken, 0)::bigint as "toMember"
    from generate_series((select min(month) from counted), (select max(month) from counted), interval '1 month') as every (month)
      left join counted using (month)
    order by every.month`.execute(db);
  return rows;
}

export type EarningsOfCountry = {
  /** « CA »; null where it is not known. */
  country: string | null;
  copies: number;
  /** What stays: given, less what was taken back. */
  toMember: Amount;
};

/** What the members of this person earned, by the country of who bought, the most first. No finer: a village would be somebody. */
export async function earningsByCountry(db: Database, personId: string): Promise<EarningsOfCountry[]> {
  const { rows } = await sql<EarningsOfCountry>`
    with mine as (
      select line.id as line_id, line.sale_id, line.quantity, 'member:' || member.id as account from member
        join share on share.member_id = member.id
        join sale_line as line on line.share_list_id = share.share_list_id
      where member.person_id = ${personId}::uuid)
    select nullif(split_part(coalesce(sale.place, ''), '-', 1), '') as country, sum(mine.quantity)::integer as copies,
      coalesce(sum(given.amount - taken.amount), 0)::bigint as "toMember"
    from mine join sale on sale.id = mine.sale_id and sale.state = 'paid'
      cross join lateral (select coalesce(sum(amount), 0) as amount from split_part as part
        where part.sale_line_id = mine.line_id and part.stage = 'shares' and part.account = mine.account) as given
      cross join lateral (select coalesce(sum(amount), 0) as amount from taken_part as taken
        where taken.sale_line_id = mine.line_id and taken.account = mine.account and taken.kind = 'part'
          and taken.given_back_at is null) as taken
    group by 1 order by "toMember" desc, country nulls last`.execute(db);
  return rows;
}

export type MemberSaleView = {
  /** The lines of works in which this person shares; those of others in the same order are not shown. */
  receipt: Omit<SaleReceipt, "email" | "personId">;
  entries: PostedEntry[];
  /** The accounts that the lines shown concern, with whose each is. Every other account is « the rest of the order ». */
  accounts: Record<string, { kind: "mine" | "member" | "coop" | "pool"; name: string; fund: string | null }>;
  /** What went back of this person's parts, the first first. */
  takings: Taking[];
  /** A bank disputes the sale: what was not sent of it waits. */
  disputed: boolean;
};
export type Taking = {
  saleLineId: string;
  at: Date;
  /** After a refund, or after a dispute that was lost. */
  cause: "refund" | "dispute";
  amount: Amount;
  /** The refund failed: it was given back. */
  givenBack: boolean;
};

/**
 * One sale opened down to its postings, for somebody who shares in a work of it; null for anybody else. Who bought it is not
 * told: a reader's name is the co-op's to keep.
 */
export async function findSaleForMember(
  db: Database,
  personId: string,
  saleId: string,
): Promise<MemberSaleView | null> {
  const { rows: lines } = await sql<{ id: string }>`
    select distinct line.id from sale_line as line
      join share on share.share_list_id = line.share_list_id
      join member on member.id = share.member_id and member.person_id = ${personId}::uuid
      join sale on sale.id = line.sale_id and sale.state in ('paid', 'claimed')
    where line.sale_id = ${saleId}::uuid`.execute(db);
  if (lines.length === 0) return null;
  const ids = lines.map(({ id }) => id);
  const [sale, entries, accounts, takings, dispute] = await Promise.all([
    readSale(db, saleId),
    entriesOfSale(db, saleId),
    sql<{ account: string; kind: "mine" | "member" | "coop" | "pool"; name: string; fund: string | null }>`
      select distinct part.account,
        case when member.person_id = ${personId}::uuid then 'mine' when member.id is not null then 'member'
          when part.stage = 'pool' then 'pool' else 'coop' end as kind,
        coalesce(member.name, coop.name) as name, substring(part.account from '^coop:[^:]+:(.*)$') as fund
      from split_part as part join sale_line as line on line.id = part.sale_line_id join coop on coop.id = line.coop_id
        left join member on part.account = 'member:' || member.id
      where part.sale_line_id = any(${ids}::uuid[])`.execute(db),
    sql<Taking>`
      select taken.sale_line_id as "saleLineId", entry.posted_at as at, taken.amount::integer as amount,
        case when taken.dispute_id is null then 'refund' else 'dispute' end as cause,
        taken.given_back_at is not null as "givenBack"
      from taken_part as taken join member on taken.account = 'member:' || member.id and member.person_id = ${personId}::uuid
        join entry on entry.key = coalesce('refund:' || taken.refund_id, 'dispute_lost:' || taken.dispute_id)
      where taken.sale_line_id = any(${ids}::uuid[]) and taken.kind = 'part' order by entry.number`.execute(
      db,
    ),
    db
      .selectFrom("dispute")
      .select("id")
      .where("sale_id", "=", saleId)
      .where("state", "=", "open")
      .executeTakeFirst(),
  ]);
  if (!sale) return null;
  const { email: _, personId: __, ...receipt } = sale;
  const shown = new Set(lines.map(({ id }) => id));
  const known = new Set(accounts.rows.map(({ account }) => account));
  return {
    receipt: {
      ...receipt,
      // The buyer's right is theirs alone.
      lines: receipt.lines.filter(({ id }) => shown.has(id)).map((line) => ({ ...line, rightId: null })),
    },
    entries: entries.map((entry) => ({ ...entry, postings: withRest(entry.postings, known) })),
    accounts: Object.fromEntries(accounts.rows.map(({ account, ...whose }) => [account, whose])),
    takings: takings.rows,
    disputed: dispute !== undefined,
  };
}

/** What the house itself holds, in every sale. */
const ofTheHouse = /^(stripe$|bank$|clearing\/|tax:)/;

/** Postings with those of other people's lines as one: whose they are, and how much each got, does not leave the server. */
function withRest(postings: PostedEntry["postings"], known: ReadonlySet<string>): PostedEntry["postings"] {
  const isShown = ({ account }: { account: string }) => known.has(account) || ofTheHouse.test(account);
  const rest = postings.filter((each) => !isShown(each)).reduce((sum, { amount }) => sum + amount, 0);
  return [...postings.filter(isShown), ...(rest === 0 ? [] : [{ account: "rest", amount: rest }])];
}
