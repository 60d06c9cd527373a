import { type Amount, sum } from "../money/amount.ts";

/** What bundles and a coupon took off these lines: each line's amount is after it. */
export const discountOf = ({
  lines,
}: {
  lines: readonly { unitPrice: Amount; quantity: number; amount: Amount }[];
}): Amount => sum(lines.map(({ unitPrice, quantity, amount }) => unitPrice * quantity - amount));
