// Stripe Tax: taxes are calculated before a payment, written down once it is made, and taken back with a refund.
import type Stripe from "stripe";
import type { Keyed, Metadata } from "./stripe.ts";
import { ask } from "./stripe-failure.ts";

export type TaxCalculationInput = {
  currency: string;
  /** ISO 3166-1, two letters. */
  country: string;
  /** A province or a state, without the country: "QC". */
  state?: string | undefined;
  lines: { reference: string; amount: number; taxCode: string }[];
};
export type TaxCalculation = {
  id: string;
  lines: {
    reference: string;
    amount: number;
    /** Only those that are levied. `type`: Stripe's word (gst, qst, hst, vat …); `percent`: "9.975". */
    taxes: { type: string; percent: string; amount: number }[];
  }[];
};
export type TaxTransactionLine = { id: string; reference: string; amount: number; amountTax: number };
export type TaxReversalInput = {
  transactionId: string;
  /** Ours, never used twice. */
  reference: string;
  /** Amounts ≥ 0, of each line of the transaction; null: all that it is. */
  lines: { lineId: string; reference: string; amount: number; amountTax: number }[] | null;
  metadata?: Metadata | undefined;
};

export interface StripeTaxCalls {
  /** Reckons, and keeps nothing of ours: it may be asked at any time. */
  calculateTax(input: TaxCalculationInput): Promise<TaxCalculation>;
  /** Writes a calculation down as collected. */
  recordTax(
    input: { calculationId: string; reference: string; metadata?: Metadata | undefined },
    options: Keyed,
  ): Promise<{ id: string }>;
  fetchTaxLines(transactionId: string): Promise<TaxTransactionLine[]>;
  reverseTax(input: TaxReversalInput, options: Keyed): Promise<{ id: string }>;
}

export function taxCallsOf(stripe: Stripe): StripeTaxCalls {
  return {
    calculateTax: (input) =>
      ask(async () => {
        const { id, line_items } = await stripe.tax.calculations.create({
          currency: input.currency,
          customer_details: {
            address: { country: input.country, ...(input.state !== undefined && { state: input.state }) },
            address_source: "billing",
          },
          line_items: input.lines.map((line) => ({
            amount: line.amount,
            reference: line.reference,
            tax_behavior: "exclusive",
            tax_code: line.taxCode,
          })),
          expand: ["line_items.data.tax_breakdown"],
        });
        if (id === null || !line_items) throw new Error("Stripe Tax answered without a calculation");
        // An answer holds the first lines only.
        const lines = line_items.has_more ? await linesOf(stripe, id) : line_items.data;
        return { id, lines: lines.map(readLine) };
      }),

    recordTax: (input, options) =>
      ask(async () => {
        const { id } = await stripe.tax.transactions.createFromCalculation(
          { calculation: input.calculationId, reference: input.reference, metadata: input.metadata ?? {} },
          { idempotencyKey: options.idempotencyKey },
        );
        return { id };
      }),

    fetchTaxLines: (transactionId) =>
      ask(async () => {
        const lines: TaxTransactionLine[] = [];
        for await (const line of stripe.tax.transactions.listLineItems(transactionId, { limit: 100 })) {
          const { id, reference, amount, amount_tax: amountTax } = line;
          lines.push({ id, reference, amount, amountTax });
        }
        return lines;
      }),

    reverseTax: (input, options) =>
      ask(async () => {
        const { id } = await stripe.tax.transactions.createReversal(
          {
            original_transaction: input.transactionId,
            reference: input.reference,
            metadata: input.metadata ?? {},
            ...(input.lines === null
              ? { mode: "full" as const }
              : {
                  mode: "partial" as const,
                  line_items: input.lines.map((line) => ({
                    original_line_item: line.lineId,
                    reference: line.reference,
                    // Stripe writes what is taken back below zero.
                    amount: -line.amount,
                    amount_tax: -line.amountTax,
                  })),
                }),
          },
          { idempotencyKey: options.idempotencyKey },
        );
        return { id };
      }),
  };
}

async function linesOf(stripe: Stripe, calculationId: string): Promise<Stripe.Tax.CalculationLineItem[]> {
  const lines: Stripe.Tax.CalculationLineItem[] = [];
  const pages = stripe.tax.calculations.listLineItems(calculationId, {
    limit: 100,
    expand: ["data.tax_breakdown"],
  });
  for await (const line of pages) lines.push(line);
  return lines;
}

function readLine(line: Stripe.Tax.CalculationLineItem): TaxCalculation["lines"][number] {
  const levied = (line.tax_breakdown ?? []).flatMap(({ amount, tax_rate_details: rate }) =>
    amount > 0 && rate ? [{ type: rate.tax_type, percent: rate.percentage_decimal, amount }] : [],
  );
  return { reference: line.reference, amount: line.amount, taxes: oneOfEach(levied) };
}

/** Two places may levy a tax of one name: a line keeps one of each, their rates added. */
function oneOfEach(taxes: TaxCalculation["lines"][number]["taxes"]) {
  const kept = new Map<string, TaxCalculation["lines"][number]["taxes"][number]>();
  for (const tax of taxes) {
    const before = kept.get(tax.type);
    kept.set(
      tax.type,
      before
        ? { ...tax, amount: before.amount + tax.amount, percent: addDecimals(before.percent, tax.percent) }
        : tax,
    );
  }
  return [...kept.values()];
}

function addDecimals(a: string, b: string): string {
  const decimals = Math.max(...[a, b].map((each) => each.split(".")[1]?.length ?? 0));
  const whole = (written: string) => {
    const [units = "", after = ""] = written.split(".");
    return BigInt(units + after.padEnd(decimals, "0"));
  };
  const sum = String(whole(a) + whole(b)).padStart(decimals + 1, "0");
  return decimals === 0 ? sum : `${sum.slice(0, -decimals)}.${sum.slice(-decimals)}`;
}
