import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { Amount } from "../money/amount.ts";
import { permissions } from "../people/permissions.ts";

/** A line sold, as one who shares in it sees it: every deduction between what the buyer paid for it and what they get. */
export type MemberSale = {
  saleId: string;
  saleLineId: string;
  number: number;
  paidAt: Date;
  workId: string;
  workSlug: string;
  title: string;
  quantity: number;
  /** After discount, before tax. */
  amount: Amount;
  currency: string;
  /** Where the buyer is, as CA-QC; null where it is not known. */
  place: string | null;
  /** null until the exact fee is known: then the rest is 0 too. */
  feePart: Amount | null;
  toOperating: Amount;
  toSolidarity: Amount;
  toReserve: Amount;
  /** To recover the work's expenses. */
  toPool: Amount;
  /** To the others who share in the work. */
  toOthers: Amount;
  toMember: Amount;
  /** Of `toMember`, what refunds and lost disputes took back. */
  takenBack: Amount;
  /** Of `toMember`, less what was taken back, what stays: what the books owe, or have sent. */
  net: Amount;
  /** A bank disputes the sale: what was not sent of it waits. */
  disputed: boolean;
};

/**
 * The sales of works in which the members of this person share, the latest first. `memberId`: of one co-op's membership only;
 * `before`: the `paidAt` and `saleLineId` of the last one already seen.
 */
export async function salesOfMember(
  db: Database,
  personId: string,
  {
    memberId,
    before,
    limit = 50,
  }: { memberId?: string; before?: { paidAt: Date; saleLineId: string }; limit?: number } = {},
): Promise<MemberSale[]> {
  const { rows } = await sql<Omit<MemberSale, "net">>`
    select sale.id as "saleId", line.id as "saleLineId", sale.number, sale.paid_at as "paidAt", work.id as "workId",
      work.slug as "workSlug", line.title, line.quantity, line.amount, sale.currency, sale.place, line.fee_part as "feePart",
      coalesce(sum(part.amount) filter (where part.account like 'coop:%:operating' and part.stage <> 'fee'), 0)::integer as "toOperating",
      coalesce(sum(part.amount) filter (where part.account like 'coop:%:solidarity'), 0)::integer as "toSolidarity",
      coalesce(sum(part.amount) filter (where part.account like 'coop:%:reserve'), 0)::integer as "toReserve",
      coalesce(sum(part.amount) filter (where part.stage = 'pool'), 0)::integer as "toPool",
      coalesce(sum(part.amount) filter (where part.stage = 'shares' and part.account <> 'member:' || member.id), 0)::integer as "toOthers",
      coalesce(sum(part.amount) filter (where part.account = 'member:' || member.id), 0)::integer as "toMember",
      coalesce((select sum(taken.amount) from taken_part as taken where taken.sale_line_id = line.id and taken.kind = 'part'
        and taken.account = 'member:' || member.id and taken.given_back_at is null), 0)::integer as "takenBack",
      exists (select from dispute where dispute.sale_id = sale.id and dispute.state = 'open') as disputed
    from member
      join share on share.member_id = member.id
      join sale_line as line on line.share_list_id = share.share_list_id
      join sale on sale.id = line.sale_id and sale.state = 'paid'
      join work on work.id = line.work_id
      left join split_part as part on part.sale_line_id = line.id
    where member.person_id = ${personId}::uuid
      and ${memberId ? sql`member.id = ${memberId}::uuid` : sql`true`}
      and ${before ? sql`(sale.paid_at, line.id) < (${before.paidAt}, ${before.saleLineId}::uuid)` : sql`true`}
    group by sale.id, line.id, work.id, member.id
    order by sale.paid_at desc, line.id desc limit ${limit}`.execute(db);
  return rows.map((row) => ({ ...row, net: row.toMember - row.takenBack }));
}

export type EarningsOfWork = {
  workId: string;
  workSlug: string;
  title: string;
  copies: number;
  /** What the lines sold for, before tax. */
  sold: Amount;
  /** What splits gave, before anything went back. */
  given: Amount;
  takenBack: Amount;
  /** What stays: given, less what was taken back. */
  toMember: Amount;
};

/** What refunds and lost disputes took back of `part`. */
const takenOf = sql`coalesce((select sum(taken.amount) from taken_part as taken where taken.sale_line_id = part.sale_line_id
  and taken.kind = 'part' and taken.position = part.position and taken.given_back_at is null), 0)`;

/** What each work brought to the members of this person, since `from`, less what was taken back. */
export async function earningsByWork(
  db: Database,
  personId: string,
  { memberId, from }: { memberId?: string; from?: Date } = {},
): Promise<EarningsOfWork[]> {
  const { rows } = await sql<EarningsOfWork>`
    select work.id as "workId", work.slug as "workSlug", work.title, sum(line.quantity)::integer as copies,
      sum(line.amount)::bigint as sold, coalesce(sum(part.amount), 0)::bigint as given,
      coalesce(sum(${takenOf}), 0)::bigint as "takenBack", coalesce(sum(part.amount - ${takenOf}), 0)::bigint as "toMember"
    from member
      join share on share.member_id = member.id
      join sale_line as line on line.share_list_id = share.share_list_id
      join sale on sale.id = line.sale_id and sale.state = 'paid'
      join work on work.id = line.work_id
      left join split_part as part
        on part.sale_line_id = line.id and part.stage = 'shares' and part.account = 'member:' || member.id
    where member.person_id = ${personId}::uuid
      and ${memberId ? sql`member.id = ${memberId}::uuid` : sql`true`}
      and ${from ? sql`sale.paid_at >= ${from}` : sql`true`}
    group by work.id order by "toMember" desc, work.title`.execute(db);
  return rows;
}

/** Who may see a co-op's money: its treasurers and admins. */
export async function keepsBooks(db: Database, personId: string, coopId: string): Promise<boolean> {
  const held = await db
    .selectFrom("coop_role")
    .select("role")
    .where("coop_id", "=", coopId)
    .where("person_id", "=", personId)
    .where("role", "in", permissions.readMoney.roles)
    .executeTakeFirst();
  return held !== undefined;
}
