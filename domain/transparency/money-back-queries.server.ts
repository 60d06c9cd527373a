import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { keptBy } from "../coops/keepers.server.ts";
import type { Amount } from "../money/amount.ts";
import { unsentParts } from "../payouts/standing.server.ts";
import type { DisputeState } from "../sales/dispute-queries.server.ts";
import type { RefundState } from "../sales/refund-queries.server.ts";

export type SaleRefund = {
  id: string;
  /** What it gives back of the lines shown; null where it was asked over others' lines too and nobody knows yet how much. */
  amount: Amount | null;
  state: RefundState;
  stateAt: Date;
  askedAt: Date;
  /** stripe: in its dashboard, and told to us afterwards. */
  askedOf: "house" | "stripe";
  askedBy: string | null;
  reason: string | null;
  /** Stripe's code: why it waits, why it failed, why it was refused. */
  refusal: string | null;
  stripeRefund: string | null;
  lines: { title: string; amount: Amount }[];
};
export type SaleReversal = {
  id: string;
  /** Whose transfer it takes back. */
  name: string;
  amount: Amount;
  state: "intended" | "done" | "refused";
  stateAt: Date;
  /** After a lost dispute, otherwise after a refund. */
  disputed: boolean;
  calls: number;
  refusal: string | null;
  stripeReversal: string | null;
};
export type SaleDispute = {
  id: string;
  state: DisputeState;
  amount: Amount;
  createdAt: Date;
  dueAt: Date | null;
};
export type MoneyBack = { refunds: SaleRefund[]; reversals: SaleReversal[]; disputes: SaleDispute[] };

/**
 * The money of a sale that went back, or is going: refunds and reversals as far as they concern co-ops whose books this person keeps,
 * and its disputes, which concern the whole sale. Ask for the sale itself through the person first.
 */
export async function moneyBackOfSale(db: Database, personId: string, saleId: string): Promise<MoneyBack> {
  const kept = keptBy(personId, sql`line.coop_id`);
  const [{ rows: refunds }, { rows: reversals }, disputes] = await Promise.all([
    sql<SaleRefund>`
      with shown as (select line.id, line.position, line.title from sale_line as line
        where line.sale_id = ${saleId}::uuid and ${kept}),
      whole as (select not exists (select from sale_line as line
        where line.sale_id = ${saleId}::uuid and line.id not in (select id from shown)) as whole)
      select refund.id, refund.state, refund.state_at as "stateAt", refund.created_at as "askedAt",
        refund.asked_of as "askedOf", coalesce(person.name, person.email) || coalesce(', ' || (select coalesce(two.name, two.email)
          from money_act act join person two on two.id = act.decided_by where act.made_id = refund.id), '') as "askedBy", refund.reason, refund.refusal,
        refund.stripe_refund as "stripeRefund",
        case when whole.whole or refund.line_ids <@ (select array_agg(id) from shown) then refund.amount
          else (select sum(taken.amount)::integer from taken_part as taken join shown on shown.id = taken.sale_line_id
            where taken.refund_id = refund.id) end as amount,
        coalesce((select json_agg(json_build_object('title', each.title, 'amount', each.amount) order by each.position)
          from (select shown.position, shown.title, sum(taken.amount) as amount
            from taken_part as taken join shown on shown.id = taken.sale_line_id
            where taken.refund_id = refund.id group by shown.id, shown.position, shown.title) as each), '[]') as lines
      from refund cross join whole left join person on person.id = refund.asked_by
      where refund.sale_id = ${saleId}::uuid
        and (refund.line_ids is null or refund.line_ids && (select array_agg(id) from shown))
      order by refund.created_at, refund.id`.execute(db),
    sql<SaleReversal>`
      select reversal.id, coalesce(member.name, coop.name, transfer.destination) as name, reversal.amount, reversal.state,
        reversal.state_at as "stateAt", reversal.dispute_id is not null as disputed, reversal.calls, reversal.refusal,
        reversal.stripe_reversal as "stripeReversal"
      from reversal join transfer on transfer.id = reversal.transfer_id
        left join member on transfer.destination = 'member:' || member.id
        left join coop on transfer.destination = 'coop:' || coop.id
      where reversal.sale_id = ${saleId}::uuid and ${keptBy(personId, sql`coalesce(member.coop_id, coop.id)`)}
      order by reversal.created_at, reversal.id`.execute(db),
    db
      .selectFrom("dispute")
      .select(["id", "state", "amount", "created_at as createdAt", "evidence_due_at as dueAt"])
      .where("sale_id", "=", saleId)
      .orderBy("created_at")
      .execute(),
  ]);
  return {
    refunds,
    reversals,
    disputes: disputes.map((dispute) => ({ ...dispute, state: dispute.state as DisputeState })),
  };
}

/** What of a disputed sale has not been sent and waits for the bank: for whom, as far as this person keeps their co-op's books. */
export async function frozenOfSale(
  db: Database,
  personId: string,
  saleId: string,
): Promise<{ name: string; amount: Amount }[]> {
  const unsent = await unsentParts(db, { saleId });
  const whole = new Map<string, Amount>();
  for (const { destination, amount } of unsent)
    whole.set(destination, (whole.get(destination) ?? 0) + amount);
  const { rows } = await sql<{ destination: string; name: string }>`
    select named.destination, coalesce(member.name, coop.name) as name
    from unnest(${[...whole.keys()]}::text[]) as named (destination)
      left join member on named.destination = 'member:' || member.id
      left join coop on named.destination = 'coop:' || coop.id
    where coop.money is distinct from 'platform' and ${keptBy(personId, sql`coalesce(member.coop_id, coop.id)`)}
    order by name`.execute(db);
  return rows.map(({ destination, name }) => ({ name, amount: whole.get(destination)! }));
}
