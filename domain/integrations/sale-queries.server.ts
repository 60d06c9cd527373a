import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { type Amount, settlementCurrency } from "../money/amount.ts";
import { momentOf } from "./moment.server.ts";
import type { KeyHolder } from "./recognise-key.server.ts";

type OfKey = Pick<KeyHolder, "coopId">;

/** A sale, as far as the co-op's own lines go: who bought is not told to programs. */
export type SoldOrder = {
  id: string;
  number: number;
  state: "paid" | "claimed";
  paidAt: string;
  currency: string;
  /** Of its own lines, after discount, before tax. */
  amount: Amount;
  lines: {
    id: string;
    workId: string;
    title: string;
    quantity: number;
    unitPrice: Amount;
    amount: Amount;
    taxes: { code: string; amount: Amount }[];
    feePart: Amount | null;
  }[];
};

export type SoldOrderWhole = SoldOrder & {
  /** The entries of the books that touch the co-op; what they posted elsewhere is one posting on `elsewhere`. Debit positive. */
  entries: {
    id: string;
    number: number;
    kind: string;
    postedAt: string;
    postings: { account: string; amount: Amount }[];
  }[];
  /** Of its own lines, in the settlement currency. */
  refunds: { id: string; state: string; at: string; amount: Amount; currency: string }[];
  disputes: { id: string; state: string; at: string; reason: string }[];
};

const sold = ({ coopId }: OfKey) => sql`
  sale.id, sale.number, sale.state, ${momentOf(sql`sale.paid_at`)} as "paidAt", sale.currency, own.amount, own.lines
  from sale cross join lateral (
    select sum(line.amount)::bigint as amount, json_agg(json_build_object('id', line.id, 'workId', line.work_id,
      'title', line.title, 'quantity', line.quantity, 'unitPrice', line.unit_price, 'amount', line.amount, 'feePart', line.fee_part,
      'taxes', coalesce((select json_agg(json_build_object('code', tax.code, 'amount', tax.amount) order by tax.position, tax.code)
        from sale_line_tax tax where tax.sale_line_id = line.id), '[]')) order by line.position) as lines
    from sale_line line where line.sale_id = sale.id and line.coop_id = ${coopId}::uuid) as own
  where sale.state in ('paid', 'claimed') and own.lines is not null`;

/** The sales of a key's co-op, the latest first; `before`: the moment and id of the last seen. `more`: there are others. */
export async function salesOfKey(
  db: Database,
  ofKey: OfKey,
  asked: {
    from: Date | null;
    until: Date | null;
    before: { at: string; id: string } | null;
    limit: number;
  },
): Promise<{ sales: SoldOrder[]; more: boolean }> {
  const { from, until, before, limit } = asked;
  const { rows } = await sql<SoldOrder>`
    select ${sold(ofKey)}
      and (${from}::timestamptz is null or sale.paid_at >= ${from}) and (${until}::timestamptz is null or sale.paid_at < ${until})
      and ${before ? sql`(sale.paid_at, sale.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql`true`}
    order by sale.paid_at desc, sale.id desc limit ${limit + 1}`.execute(db);
  return { sales: rows.slice(0, limit), more: rows.length > limit };
}

/** One sale of a key's co-op with what the books say of it; null where no line of it is the co-op's. */
export async function findSaleOfKey(
  db: Database,
  ofKey: OfKey,
  saleId: string,
): Promise<SoldOrderWhole | null> {
  const { coopId } = ofKey;
  const { rows } = await sql<SoldOrder>`select ${sold(ofKey)} and sale.id = ${saleId}::uuid`.execute(db);
  const sale = rows[0];
  if (!sale) return null;
  const theirs = sql`(posting.account like ${`coop:${coopId}:%`}
    or posting.account in (select 'member:' || id from member where coop_id = ${coopId}::uuid)
    or posting.account in (select 'pool:' || id from work where coop_id = ${coopId}::uuid))`;
  const { rows: found } = await sql<Omit<SoldOrderWhole, keyof SoldOrder>>`
    select
      coalesce((select json_agg(json_build_object('id', entry.id, 'number', entry.number, 'kind', entry.kind,
          'postedAt', ${momentOf(sql`entry.posted_at`)}, 'postings', (
            select json_agg(json_build_object('account', account, 'amount', amount) order by account = 'elsewhere', account) from (
              select case when ${theirs} then posting.account else 'elsewhere' end as account, sum(posting.amount)::bigint as amount
              from posting where posting.entry_id = entry.id group by 1 having sum(posting.amount) <> 0) as shown))
          order by entry.number)
        from entry where entry.sale_id = ${saleId}::uuid
          and exists (select from posting where posting.entry_id = entry.id and ${theirs})), '[]') as entries,
      coalesce((select json_agg(json_build_object('id', refund.id, 'state', refund.state, 'at', ${momentOf(sql`refund.state_at`)},
          'amount', back.amount, 'currency', ${settlementCurrency}::text) order by refund.created_at, refund.id)
        from refund cross join lateral (select sum(taken.amount)::bigint as amount from taken_part taken
          join sale_line line on line.id = taken.sale_line_id
          where taken.refund_id = refund.id and line.coop_id = ${coopId}::uuid) as back
        where refund.sale_id = ${saleId}::uuid and back.amount is not null), '[]') as refunds,
      coalesce((select json_agg(json_build_object('id', dispute.id, 'state', dispute.state, 'at', ${momentOf(sql`dispute.state_at`)},
          'reason', dispute.reason) order by dispute.created_at, dispute.id)
        from dispute where dispute.sale_id = ${saleId}::uuid), '[]') as disputes`.execute(db);
  return { ...sale, ...found[0]! };
}

export type SentPayout = {
  id: string;
  /** Null: to the co-op itself. */
  memberId: string | null;
  amount: Amount;
  currency: string;
  state: "intended" | "sent" | "refused" | "stuck";
  at: string;
  /** Null: a release, which brings unsent parts of several sales. */
  saleId: string | null;
  stripeTransfer: string | null;
};

/** The payouts of a key's co-op and of its members, the latest first; `before`: as above, by the moment they were decided. */
export async function payoutsOfKey(
  db: Database,
  { coopId }: OfKey,
  { before, limit }: { before: { at: string; id: string } | null; limit: number },
): Promise<{ payouts: (SentPayout & { createdAt: string })[]; more: boolean }> {
  const { rows } = await sql<SentPayout & { createdAt: string }>`
    select transfer.id, account.member_id as "memberId", transfer.amount, ${settlementCurrency}::text as currency, transfer.state,
      ${momentOf(sql`transfer.state_at`)} as at, ${momentOf(sql`transfer.created_at`)} as "createdAt", transfer.sale_id as "saleId",
      transfer.stripe_transfer as "stripeTransfer"
    from transfer join payout_account account on account.id = transfer.payout_account_id
      left join member on member.id = account.member_id
    where coalesce(member.coop_id, account.coop_id) = ${coopId}::uuid
      and ${before ? sql`(transfer.created_at, transfer.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql`true`}
    order by transfer.created_at desc, transfer.id desc limit ${limit + 1}`.execute(db);
  return { payouts: rows.slice(0, limit), more: rows.length > limit };
}
