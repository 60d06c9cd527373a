import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { Amount } from "../money/amount.ts";
import { rolesFor } from "../people/permitted.server.ts";
import { leftToRefund } from "./left-to-refund.server.ts";
import { hasOpenDispute } from "./take-from-sale.server.ts";

export type RefundState = "asked" | "pending" | "succeeded" | "failed" | "refused";

export type RefundableLine = {
  id: string;
  position: number;
  title: string;
  coopId: string;
  /** What may still be given back of it, taxes with it, in the settlement currency. */
  left: Amount;
};
export type RefundableSale = {
  id: string;
  number: number;
  email: string;
  paidAt: Date;
  /** In the settlement currency. */
  settled: Amount;
  split: boolean;
  /** Only those of the co-ops where the asker is treasurer or admin: a co-op gives back what it sold itself. */
  lines: RefundableLine[];
  /** The order has lines of others too. */
  mixed: boolean;
  disputed: boolean;
  /** A refund was asked, and Stripe has not answered yet: what remains is not known to the cent. */
  underWay: boolean;
};

/**
 * A paid sale as somebody may refund it: the lines of the co-ops where this person is treasurer or admin. Null for everybody else,
 * the treasurer of the co-op that owns the platform too where it sold nothing of it.
 */
export async function findRefundableFor(
  db: Database,
  personId: string,
  saleId: string,
): Promise<RefundableSale | null> {
  const sale = await db
    .selectFrom("sale")
    .select(["id", "number", "email", "state", "paid_at", "split_at", "settled", "total"])
    .where("id", "=", saleId)
    .where("state", "=", "paid")
    .executeTakeFirst();
  if (!sale) return null;
  const settled = sale.settled ?? sale.total;
  const [lines, left, disputed, asked] = await Promise.all([
    sql<Omit<RefundableLine, "left"> & { theirs: boolean; charged: boolean }>`
      select line.id, line.position, line.title, line.coop_id as "coopId", ${soldBy(personId)} as theirs, line.amount > 0 as charged
      from sale_line as line where line.sale_id = ${saleId}::uuid order by line.position`.execute(db),
    leftToRefund(db, { ...sale, settled }),
    hasOpenDispute(db, saleId),
    db
      .selectFrom("refund")
      .select("id")
      .where("sale_id", "=", saleId)
      .where("state", "=", "asked")
      .executeTakeFirst(),
  ]);
  const theirs = lines.rows.filter((line) => line.theirs && line.charged);
  if (theirs.length === 0) return null;
  return {
    id: sale.id,
    number: sale.number,
    email: sale.email,
    paidAt: sale.paid_at!,
    settled,
    split: sale.split_at !== null,
    lines: theirs.map(({ id, position, title, coopId }) => ({
      id,
      position,
      title,
      coopId,
      left: Math.max(0, left([id])),
    })),
    mixed: lines.rows.some((line) => !line.theirs),
    disputed,
    underWay: asked !== undefined,
  };
}

const soldBy = (personId: string): RawBuilder<boolean> => sql`exists (select from coop_role r
  where r.coop_id = line.coop_id and r.person_id = ${personId}::uuid and r.role in (${rolesFor("refund")}))`;

/** A refund as the buyer is told of it. */
export type RefundOfPurchase = {
  id: string;
  saleId: string;
  state: "pending" | "succeeded" | "failed";
  at: Date;
  /** In the currency of the sale. */
  amount: Amount;
  /** What went back of each line, taxes with it, in the currency of the sale; a failed refund took nothing. */
  lines: { title: string; amount: Amount; ended: boolean }[];
};

/** The refunds of a purchase that Stripe has made or is making, the first first. Its link has been checked. */
export function refundsOfPurchase(db: Database, saleId: string): Promise<RefundOfPurchase[]> {
  return toldOf(db, sql`refund.sale_id = ${saleId}::uuid`);
}

/** One refund, for the letter that tells of it. */
export async function readRefund(db: Database, refundId: string): Promise<RefundOfPurchase | null> {
  return (await toldOf(db, sql`refund.id = ${refundId}::uuid`))[0] ?? null;
}

async function toldOf(db: Database, where: RawBuilder<unknown>): Promise<RefundOfPurchase[]> {
  const { rows } = await sql<RefundOfPurchase & { total: Amount; settled: Amount }>`
    select refund.id, refund.sale_id as "saleId", refund.state, refund.state_at as at, refund.amount, sale.total,
      coalesce(sale.settled, sale.total) as settled,
      coalesce((select json_agg(json_build_object('title', each.title, 'amount', each.amount, 'ended', each.ended)
          order by each.position)
        from (select line.position, line.title, sum(taken.amount) as amount,
            coalesce(bool_or(held.ended_at is not null), false) as ended
          from taken_part as taken join sale_line as line on line.id = taken.sale_line_id
            left join download_right as held on held.sale_line_id = line.id
          where taken.refund_id = refund.id and taken.given_back_at is null group by line.id) as each), '[]') as lines
    from refund join sale on sale.id = refund.sale_id
    where ${where} and refund.state in ('pending', 'succeeded', 'failed')
    order by refund.created_at, refund.id`.execute(db);
  return rows.map(({ total, settled, ...refund }) => {
    const paid = (amount: Amount) => inCharge(amount, { total, settled });
    return {
      ...refund,
      amount: paid(refund.amount),
      lines: refund.lines.map((line) => ({ ...line, amount: paid(line.amount) })),
    };
  });
}

/** From the settlement currency to that of the charge, half up: equal where the two are one. */
function inCharge(amount: Amount, { total, settled }: { total: Amount; settled: Amount }): Amount {
  if (total === settled) return amount;
  return Number((2n * BigInt(amount) * BigInt(total) + BigInt(settled)) / (2n * BigInt(settled)));
}
