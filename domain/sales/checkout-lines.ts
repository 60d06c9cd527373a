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
  // One tax may have two rates in a cart, by the nature of the works.
  const inAll = new Map<string, { code: string; percent: string; amount: Amount }>();
  for (const tax of lines.flatMap((line) => line.taxes)) {
    const key = `${tax.code} ${tax.percent}`;
    inAll.set(key, { ...tax, amount: (inAll.get(key)?.amount ?? 0) + tax.amount });
  }
  const levied = [...inAll.values()]
    .map(({ code, percent, amount }) => ({ name: words.tax(code, percent), unitAmount: amount, quantity: 1 }))
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
