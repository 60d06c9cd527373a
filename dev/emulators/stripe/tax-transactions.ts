// What of Stripe Tax is written down: a calculation once it is paid, and what is taken back of it.
import { z } from "zod";
import type { Call, Double, Routes } from "./double.ts";
import { expanded, listOf } from "./lists.ts";
import { expand, integer, metadata, page, read, text } from "./parameters.ts";
import { missing, Refusal, wrongParameter } from "./refusal.ts";
import { newId } from "./state.ts";
import { calculationNamed, type TaxCalculation } from "./tax.ts";

type TransactionLine = {
  id: string;
  object: "tax.transaction_line_item";
  amount: number;
  amount_tax: number;
  livemode: boolean;
  metadata: null;
  product: null;
  quantity: number;
  reference: string;
  reversal: { original_line_item: string } | null;
  tax_behavior: "exclusive";
  tax_code: string;
  type: "transaction" | "reversal";
};

function newTransaction(
  double: Double,
  of: TaxCalculation["shown"],
  input: { reference: string; metadata: Record<string, string>; original: string | null },
) {
  const now = double.clock.seconds();
  return {
    id: newId("tax", 14),
    object: "tax.transaction" as const,
    created: now,
    currency: of.currency,
    customer: null,
    customer_details: of.customer_details,
    livemode: false,
    metadata: input.metadata,
    posted_at: now,
    reference: input.reference,
    reversal: input.original === null ? null : { original_transaction: input.original },
    ship_from_details: null,
    shipping_cost: null,
    tax_date: of.tax_date,
    type: input.original === null ? ("transaction" as const) : ("reversal" as const),
  };
}
export type TaxTransaction = {
  shown: ReturnType<typeof newTransaction>;
  calculation: string;
  lines: TransactionLine[];
};

/** A reference is taken once; that is how a transaction is not written twice. */
function refuseIfTaken(double: Double, reference: string) {
  const taken = Object.values(double.state.taxTransactions).some(
    ({ shown }) => shown.reference === reference,
  );
  if (taken)
    throw new Refusal(400, `A tax transaction with the reference '${reference}' already exists.`, {
      param: "reference",
    });
}

const recordParameters = z.strictObject({
  calculation: text,
  reference: text,
  metadata: metadata.optional(),
  expand,
});

function record(double: Double, { input }: Call) {
  const asked = read(recordParameters, input);
  const calculation = calculationNamed(double, asked.calculation);
  refuseIfTaken(double, asked.reference);
  if (calculation.shown.expires_at <= double.clock.seconds())
    throw new Refusal(400, "This tax calculation has expired.", { param: "calculation" });
  const shown = newTransaction(double, calculation.shown, {
    reference: asked.reference,
    metadata: asked.metadata ?? {},
    original: null,
  });
  const lines = calculation.lines.map(
    ({ shown: line }): TransactionLine => ({
      id: newId("tax_li", 14),
      object: "tax.transaction_line_item",
      amount: line.amount,
      amount_tax: line.amount_tax,
      livemode: false,
      metadata: null,
      product: null,
      quantity: line.quantity,
      reference: line.reference,
      reversal: null,
      tax_behavior: "exclusive",
      tax_code: line.tax_code,
      type: "transaction",
    }),
  );
  double.state.taxTransactions[shown.id] = { shown, calculation: calculation.shown.id, lines };
  return expanded(double, shown, asked.expand, () => undefined);
}

const reverseParameters = z.strictObject({
  mode: z.enum(["full", "partial"]),
  original_transaction: text,
  reference: text,
  metadata: metadata.optional(),
  line_items: z
    .array(
      z.strictObject({
        amount: integer,
        amount_tax: integer,
        original_line_item: text,
        quantity: integer.optional(),
        reference: text,
      }),
    )
    .optional(),
  expand,
});

const transactionNamed = (double: Double, id: string): TaxTransaction => {
  const found = double.state.taxTransactions[id];
  if (!found) throw missing("tax transaction", id);
  return found;
};

function reverse(double: Double, { input }: Call) {
  const asked = read(reverseParameters, input);
  const original = transactionNamed(double, asked.original_transaction);
  refuseIfTaken(double, asked.reference);
  const earlier = Object.values(double.state.taxTransactions)
    .filter(({ shown }) => shown.reversal?.original_transaction === original.shown.id)
    .flatMap(({ lines }) => lines);
  /** What is left of a line after earlier reversals, whose amounts are below 0. */
  const left = (line: TransactionLine) => {
    const of = earlier.filter(({ reversal }) => reversal?.original_line_item === line.id);
    return {
      amount: line.amount + of.reduce((sum, each) => sum + each.amount, 0),
      amount_tax: line.amount_tax + of.reduce((sum, each) => sum + each.amount_tax, 0),
    };
  };
  if (asked.mode === "full" && earlier.length > 0)
    throw new Refusal(400, "This transaction was partially reversed: it cannot be reversed in full.", {});
  const wanted =
    asked.mode === "full"
      ? original.lines.map((line) => ({
          line,
          amount: -line.amount,
          amount_tax: -line.amount_tax,
          reference: line.reference,
        }))
      : (asked.line_items ?? []).map((item) => {
          const line = original.lines.find(({ id }) => id === item.original_line_item);
          if (!line) throw missing("line item", item.original_line_item, "line_items");
          return { line, amount: item.amount, amount_tax: item.amount_tax, reference: item.reference };
        });
  if (wanted.length === 0)
    throw wrongParameter("parameter_missing", "line_items", "Missing required param: line_items.");
  for (const { line, amount, amount_tax } of wanted) {
    const rest = left(line);
    if (amount > 0 || amount_tax > 0)
      throw wrongParameter(undefined, "line_items", "What is reversed is written below zero.");
    if (-amount > rest.amount || -amount_tax > rest.amount_tax)
      throw new Refusal(400, "More is reversed than is left of a line.", { param: "line_items" });
  }
  const { shown: calculation } = calculationNamed(double, original.calculation);
  const shown = newTransaction(double, calculation, {
    reference: asked.reference,
    metadata: asked.metadata ?? {},
    original: original.shown.id,
  });
  const lines = wanted.map(
    ({ line, amount, amount_tax, reference }): TransactionLine => ({
      ...line,
      id: newId("tax_li", 14),
      amount,
      amount_tax,
      reference,
      reversal: { original_line_item: line.id },
      type: "reversal",
    }),
  );
  double.state.taxTransactions[shown.id] = { shown, calculation: original.calculation, lines };
  return expanded(double, shown, asked.expand, () => undefined);
}

const pageParameters = z.strictObject(page);

export const taxTransactionRoutes: Routes = {
  "POST /v1/tax/transactions/create_from_calculation": record,
  "POST /v1/tax/transactions/create_reversal": reverse,
  "GET /v1/tax/transactions/:id": (double, { ids, input }) => {
    const { expand: paths } = read(z.strictObject({ expand }), input);
    return expanded(double, transactionNamed(double, ids.id ?? "").shown, paths, () => undefined);
  },
  "GET /v1/tax/transactions/:id/line_items": (double, { ids, input }) => {
    const { shown, lines } = transactionNamed(double, ids.id ?? "");
    return listOf(
      lines.toReversed(),
      `/v1/tax/transactions/${shown.id}/line_items`,
      read(pageParameters, input),
    );
  },
};
