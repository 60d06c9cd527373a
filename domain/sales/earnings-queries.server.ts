import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { entriesOfSale, type PostedEntry } from "../ledger/queries.server.ts";
import type { Amount } from "../money/amount.ts";
import { readSale, type SaleReceipt } from "./queries.server.ts";

/** What the members of this person were given by sales, month by month (of Montréal), from the first to the last one with a sale. */
export async function earningsByMonth(
  db: Database,
  personId: string,
): Promise<{ month: string; sales: number; toMember: Amount }[]> {
  const { rows } = await sql<{ month: string; sales: number; toMember: number }>`
    with sold as (
      select date_trunc('month', sale.paid_at at time zone 'America/Montreal') as month, sale.id as sale_id,
        coalesce(sum(part.amount), 0) as amount
      from member
        join share on share.member_id = member.id
        join sale_line as line on line.share_list_id = share.share_list_id
        join sale on sale.id = line.sale_id and sale.state = 'paid'
        left join split_part as part
          on part.sale_line_id = line.id and part.stage = 'shares' and part.account = 'member:' || member.id
      where member.person_id = ${personId}::uuid
      group by 1, 2)
    select to_char(every.month, 'YYYY-MM') as month, count(sold.sale_id)::int as sales,
      coalesce(sum(sold.amount), 0)::bigint as "toMember"
    from generate_series((select min(month) from sold), (select max(month) from sold), interval '1 month') as every (month)
      left join sold using (month)
    group by every.month order by every.month`.execute(db);
  return rows;
}

export type MemberSaleView = {
  /** The lines of works in which this person shares; those of others in the same order are not shown. */
  receipt: Omit<SaleReceipt, "email" | "personId">;
  entries: PostedEntry[];
  /** The accounts that the lines shown concern, with whose each is. Every other account is « the rest of the order ». */
  accounts: Record<string, { kind: "mine" | "member" | "coop" | "pool"; name: string; fund: string | null }>;
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
  const [sale, entries, accounts] = await Promise.all([
    readSale(db, saleId),
    entriesOfSale(db, saleId),
    sql<{ account: string; kind: "mine" | "member" | "coop" | "pool"; name: string; fund: string | null }>`
      select distinct part.account,
        case when member.person_id = ${personId}::uuid then 'mine' when member.id is not null then 'member'
          when part.stage = 'pool' then 'pool' else 'coop' end as kind,
        coalesce(member.name, coop.name) as name, substring(part.account from '^coop:[^:]+:(.*)$') as fund
      from split_part as part join sale_line as line on line.id = part.sale_line_id join coop on coop.id = line.coop_id
        left join member on part.account = 'member:' || member.id
      where part.sale_line_id = any(${lines.map(({ id }) => id)}::uuid[])`.execute(db),
  ]);
  if (!sale) return null;
  const { email: _, personId: __, ...receipt } = sale;
  const shown = new Set(lines.map(({ id }) => id));
  return {
    receipt: { ...receipt, lines: receipt.lines.filter(({ id }) => shown.has(id)) },
    entries,
    accounts: Object.fromEntries(accounts.rows.map(({ account, ...whose }) => [account, whose])),
  };
}
