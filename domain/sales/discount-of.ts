import { type Amount, sum } from "../money/amount.ts";

type Discounted = { lines: readonly { unitPrice: Amount; quantity: number; amount: Amount }[] };

/** What bundles, a coupon or a discount on the cart took off these lines: each line's amount is after it. */
export const discountOf = ({ lines }: Discounted): Amount =>
  sum(lines.map(({ unitPrice, quantity, amount }) => unitPrice * quantity - amount));
