import { sql } from "kysely";
import type { Database } from "#db/connection.ts";
import type { TaxReversalInput } from "#gateways/stripe-tax.ts";
import type { House } from "../house.ts";
import type { Amount } from "../money/amount.ts";

type Sale = {
  id: string;
  tax_calculation: string;
  tax_transaction: string | null;
  total: Amount;
  settled: Amount;
};

/**
 * Keeps Stripe Tax in step with a sale whose taxes it reckoned: the calculation is written down as collected once the sale is paid, then
 * what refunds that succeeded and lost disputes took is taken back from it, line by line as it was taken here. May be run at any time
 * and twice: each call carries a key and a reference of its own, which Stripe takes once. A refund that fails after it had succeeded
 * stays taken back there: Stripe Tax cannot put it back, and the sale's page says so by its state.
 */
export async function recordTaxes(
  db: Database,
  house: Pick<House, "stripe">,
  { saleId }: { saleId: string },
): Promise<void> {
  const sale = await db
    .selectFrom("sale")
    .select(["id", "state", "tax_calculation", "tax_transaction", "total", "settled"])
    .where("id", "=", saleId)
    .executeTakeFirst();
  if (sale?.state !== "paid" || sale.tax_calculation === null) return;
  const taxed = { ...sale, tax_calculation: sale.tax_calculation, settled: sale.settled ?? sale.total };
  const transactionId = taxed.tax_transaction ?? (await record(db, house, taxed));
  const due = await reversalsDue(db, taxed);
  if (due.length === 0) return;
  const written = await house.stripe.fetchTaxLines(transactionId);
  const lineIds = new Map(written.map((line) => [line.reference, line.id]));
  for (const cause of due) {
    const lines = cause.lines.flatMap(({ workId, amount, tax }) => {
      const lineId = lineIds.get(workId);
      const parts = { amount: charged(taxed, amount), amountTax: charged(taxed, tax) };
      return lineId ? [{ lineId, reference: `${cause.id}_${workId}`, ...parts }] : [];
    });
    const reversal: TaxReversalInput = {
      transactionId,
      reference: `${cause.of}_${cause.id}`,
      lines: cause.whole ? null : lines,
      metadata: { sale_id: saleId },
    };
    const { id } = await house.stripe.reverseTax(reversal, { idempotencyKey: `tax:${cause.of}:${cause.id}` });
    await db.updateTable(cause.of).set({ tax_reversal: id }).where("id", "=", cause.id).execute();
  }
}

async function record(db: Database, { stripe }: Pick<House, "stripe">, sale: Sale): Promise<string> {
  const { id } = await stripe.recordTax(
    { calculationId: sale.tax_calculation, reference: `sale_${sale.id}`, metadata: { sale_id: sale.id } },
    { idempotencyKey: `tax:sale:${sale.id}` },
  );
  await db.updateTable("sale").set({ tax_transaction: id }).where("id", "=", sale.id).execute();
  return id;
}

type Due = {
  of: "refund" | "dispute";
  id: string;
  /** All that the sale was, by this one cause. */
  whole: boolean;
  lines: { workId: string; amount: Amount; tax: Amount }[];
};

/** What was taken back and not told yet, oldest first, in the settlement currency. */
async function reversalsDue(db: Database, sale: Sale): Promise<Due[]> {
  const { rows } = await sql<Due & { taken: Amount }>`
    with cause as (
      select 'refund' as of, id, created_at from refund
        where sale_id = ${sale.id} and state = 'succeeded' and tax_reversal is null
      union all
      select 'dispute', id, created_at from dispute
        where sale_id = ${sale.id} and state = 'lost' and tax_reversal is null),
    taken as (
      select cause.of, cause.id, cause.created_at, line.work_id, line.position,
        coalesce(sum(part.amount) filter (where part.kind <> 'tax'), 0)::bigint as amount,
        coalesce(sum(part.amount) filter (where part.kind = 'tax'), 0)::bigint as tax
      from cause join taken_part as part on cause.id = coalesce(part.refund_id, part.dispute_id)
        join sale_line as line on line.id = part.sale_line_id
      group by 1, 2, 3, 4, 5)
    select of, id, sum(amount + tax)::bigint as taken,
      json_agg(json_build_object('workId', work_id, 'amount', amount, 'tax', tax) order by position) as lines
    from taken group by of, id, created_at order by created_at, id`.execute(db);
  return rows.map(({ taken, ...due }) => ({ ...due, whole: taken === sale.settled }));
}

/** Stripe Tax counts in the currency of the charge, our parts are in that of the books: half up. */
function charged({ total, settled }: Sale, amount: Amount): Amount {
  if (total === settled) return amount;
  return Number((2n * BigInt(amount) * BigInt(total) + BigInt(settled)) / (2n * BigInt(settled)));
}
