import { type Amount, sum } from "../money/amount.ts";
import { largestRemainder } from "../money/largest-remainder.ts";

type Charged = { amount: Amount; taxes: readonly { code: string; amount: Amount }[] };

/**
 * What each line and each of its taxes brought in the settlement currency. `settled` is what the charge brought; where it was
 * charged in that currency already, the two are equal and so are the amounts. Otherwise it is cut by largest remainder over
 * (line 1, its taxes, line 2, …): money conventions, § 2.
 */
export function settledAmounts<L extends Charged>(lines: readonly L[], settled: Amount): L[] {
  const weights = lines.flatMap((line) => [line.amount, ...line.taxes.map((tax) => tax.amount)]);
  if (sum(weights) === settled) return [...lines];
  const cuts = largestRemainder(settled, weights);
  let next = 0;
  return lines.map((line) => {
    const amount = cuts[next++]!;
    return { ...line, amount, taxes: line.taxes.map((tax) => ({ ...tax, amount: cuts[next++]! })) };
  });
}

/** The postings of entry `sale`: what was paid, the taxes to hand over, and what is to be shared. */
export function salePostings(
  saleId: string,
  lines: readonly Charged[],
): { account: string; amount: Amount }[] {
  const goods = sum(lines.map((line) => line.amount));
  const taxes = lines.flatMap((line) => line.taxes);
  return [
    { account: "stripe", amount: goods + sum(taxes.map((tax) => tax.amount)) },
    { account: `clearing/${saleId}`, amount: -goods },
    ...taxes.map((tax) => ({ account: `tax:${tax.code}`, amount: -tax.amount })),
  ];
}
