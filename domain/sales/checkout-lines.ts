import type { CheckoutLine } from "#gateways/stripe.ts";
import { type Amount, mostLines, sum } from "../money/amount.ts";

export type SoldLine = {
  title: string;
  quantity: number;
  unitPrice: Amount;
  amount: Amount;
  taxes: { code: string; percent: string; amount: Amount }[];
};

/** How Stripe's page names things; the caller knows the buyer's language. */
export type CheckoutWords = {
  line(title: string, quantity: number): string;
  tax(code: string, percent: string): string;
};

export const plainWords: CheckoutWords = {
  line: (title, quantity) => (quantity === 1 ? title : `${title} × ${quantity}`),
  tax: (code) => code.toUpperCase(),
};

/**
 * The lines of Stripe's page: each work, then each tax of the whole cart. A line whose amount is not unit price × quantity (a
 * coupon) is one piece. Where the taxes would not fit in the hundred lines of a session, each line carries its own.
 * What they sum to is the sale's total, always.
 */
export function checkoutLines(lines: readonly SoldLine[], words: CheckoutWords = plainWords): CheckoutLine[] {
  const codes = [
    ...new Map(lines.flatMap((line) => line.taxes.map((tax) => [tax.code, tax.percent] as const))),
  ];
  const levied = codes
    .map(([code, percent]) => ({
      name: words.tax(code, percent),
      unitAmount: sum(
        lines.flatMap((line) => line.taxes.filter((tax) => tax.code === code).map((tax) => tax.amount)),
      ),
      quantity: 1,
    }))
    .filter((tax) => tax.unitAmount > 0);
  const apart = lines.length + levied.length <= mostLines;
  const works = lines.map((line): CheckoutLine => {
    const within = apart ? 0 : sum(line.taxes.map((tax) => tax.amount));
    if (within === 0 && line.amount === line.unitPrice * line.quantity) {
      return { name: words.line(line.title, 1), unitAmount: line.unitPrice, quantity: line.quantity };
    }
    return { name: words.line(line.title, line.quantity), unitAmount: line.amount + within, quantity: 1 };
  });
  return apart ? [...works, ...levied] : works;
}
