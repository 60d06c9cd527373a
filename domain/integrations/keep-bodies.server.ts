import { type RawBuilder, sql } from "kysely";
import type { Database } from "#db/connection.ts";
import { settlementCurrency } from "../money/amount.ts";
import { momentOf } from "./moment.server.ts";
import type { EventName } from "./scopes.ts";

/**
 * What is said of each event: ids and facts of the co-op that is told, as a json value made from `delivery.subject` and `endpoint.coop_id`.
 * Of a sale, the co-op's own lines alone, and never who bought.
 */
const facts: Record<EventName, RawBuilder<unknown>> = {
  "sale.paid": sql`(
    select json_build_object('sale', json_build_object('id', sale.id, 'number', sale.number, 'paidAt', ${momentOf(sql`sale.paid_at`)},
      'currency', sale.currency, 'amount', sum(line.amount), 'lines', json_agg(json_build_object('id', line.id,
        'workId', line.work_id, 'title', line.title, 'quantity', line.quantity, 'amount', line.amount) order by line.position)))
    from sale join sale_line line on line.sale_id = sale.id and line.coop_id = endpoint.coop_id
    where sale.id = delivery.subject group by sale.id)`,
  "sale.refunded": sql`(
    select json_build_object('refund', json_build_object('id', refund.id, 'saleId', sale.id, 'saleNumber', sale.number,
      'currency', ${settlementCurrency}::text, 'amount', coalesce(sum(taken.amount), 0),
      'lineIds', coalesce(json_agg(distinct line.id) filter (where taken.amount is not null), '[]')))
    from refund join sale on sale.id = refund.sale_id
      join sale_line line on line.sale_id = sale.id and line.coop_id = endpoint.coop_id
      left join taken_part taken on taken.refund_id = refund.id and taken.sale_line_id = line.id
    where refund.id = delivery.subject group by refund.id, sale.id)`,
  "work.published": workFacts(),
  "work.withdrawn": workFacts(),
  "payout.sent": sql`(
    select json_build_object('payout', json_build_object('id', transfer.id, 'amount', transfer.amount,
      'currency', ${settlementCurrency}::text, 'memberId', account.member_id, 'saleId', transfer.sale_id,
      'stripeTransfer', transfer.stripe_transfer))
    from transfer join payout_account account on account.id = transfer.payout_account_id
    where transfer.id = delivery.subject)`,
  "dispute.opened": sql`(
    select json_build_object('dispute', json_build_object('id', dispute.id, 'saleId', sale.id, 'saleNumber', sale.number,
      'reason', dispute.reason, 'amount', dispute.amount, 'currency', sale.currency, 'answerBefore', ${momentOf(sql`dispute.evidence_due_at`)}))
    from dispute join sale on sale.id = dispute.sale_id where dispute.id = delivery.subject)`,
};

function workFacts(): RawBuilder<unknown> {
  return sql`(
    select json_build_object('work', json_build_object('id', work.id, 'slug', work.slug, 'kind', work.kind, 'title', work.title))
    from work where work.id = delivery.subject)`;
}

/** Makes the bodies that these deliveries do not have yet, and keeps them: from then on they are the same bytes. One statement. */
export async function keepBodies(db: Database, ids: readonly string[]): Promise<void> {
  const data = sql.join(
    Object.entries(facts).map(([event, fact]) => sql`when ${event} then ${fact}`),
    sql` `,
  );
  await sql`
    update webhook_delivery set body = made.body::text from (
      select delivery.id, json_build_object('id', delivery.id, 'event', delivery.event, 'at', ${momentOf(sql`delivery.happened_at`)},
        'coop', json_build_object('id', coop.id, 'slug', coop.slug), 'data', case delivery.event ${data} end) as body
      from webhook_delivery delivery join webhook_endpoint endpoint on endpoint.id = delivery.endpoint_id
        join coop on coop.id = endpoint.coop_id
      where delivery.id = any (${[...ids]}::uuid[]) and delivery.body is null) as made
    where webhook_delivery.id = made.id`.execute(db);
}
