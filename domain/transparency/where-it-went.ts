import type { Fund } from "../ledger/account.ts";
import { type Amount, sum } from "../money/amount.ts";
import type { SaleReceipt } from "../sales/queries.server.ts";
import { settledAmounts } from "../sales/settled-amounts.ts";

/** Who received how much of a sale, all its lines together. */
export type Received = { amount: Amount } & (
  | { to: "card_fee" }
  | { to: "fund"; coopId: string; coopName: string; fund: Fund }
  | { to: "pool"; title: string }
  | { to: "member"; memberId: string; name: string }
  | { to: "tax"; code: string }
);

/**
 * What each line and each of its taxes brought, in the currency of the books: of an order paid in another one, a cut of what the
 * charge brought. The order is whole, or was paid in that currency.
 */
export const settledLines = (sale: SaleReceipt): SaleReceipt["lines"] =>
  sale.settled === null || sale.settled === sale.total
    ? sale.lines
    : settledAmounts(sale.lines, sale.settled);

/**
 * Where every cent of a sale went: people first (the most first), then the works' expenses, the co-ops' funds, the taxes, the
 * card fee. The amounts sum to what the buyer paid, in the currency of the books to what that brought. Null until the exact fee is known and the sale is split; empty for a gift.
 */
export function whereItWent(sale: SaleReceipt): Received[] | null {
  if (sale.total === 0) return [];
  if (sale.splitAt === null) return null;
  const found = new Map<string, Received>();
  const add = (key: string, received: Received) => {
    const known = found.get(key);
    if (known) known.amount += received.amount;
    else found.set(key, received);
  };
  for (const line of sale.lines) {
    for (const { fund, memberId, memberName, amount } of line.parts) {
      if (memberId !== null)
        add(`member:${memberId}`, { to: "member", memberId, name: memberName ?? "", amount });
      else if (fund !== null) {
        // A fee that the co-op bears comes off its operating fund here, as it does in the books.
        add(`coop:${line.coopId}:${fund}`, {
          to: "fund",
          coopId: line.coopId,
          coopName: line.coopName,
          fund,
          amount,
        });
      } else add(`pool:${line.workId}`, { to: "pool", title: line.title, amount });
    }
  }
  const lines = settledLines(sale);
  const taxes = lines === sale.lines ? sale.taxes : lines.flatMap((line) => line.taxes);
  for (const { code, amount } of taxes) add(`tax:${code}`, { to: "tax", code, amount });
  add("card_fee", { to: "card_fee", amount: sale.fee ?? sum(sale.lines.map((line) => line.feePart ?? 0)) });
  const rank = ["member", "pool", "fund", "tax", "card_fee"];
  return [...found.values()]
    .filter(({ amount }) => amount !== 0)
    .sort((a, b) => rank.indexOf(a.to) - rank.indexOf(b.to) || (a.to === "member" ? b.amount - a.amount : 0));
}
