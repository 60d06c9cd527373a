import { money, percent } from "./formats.ts";
import type { Locale } from "./locale.ts";
import { offersWords } from "./offers.ts";

/**
 * What a receipt says of what was taken off, `off` cents of its currency; its lines are what was paid for each, as they stand in the
 * books. Null where nothing was.
 */
export function discountTaken(
  locale: Locale,
  off: number,
  sale: { currency: string; discountBp: number | null; coupon: string | null; bundles: string[] },
): string | null {
  if (off <= 0) return null;
  return offersWords(locale).cart.taken({
    amount: money(locale, off, sale.currency),
    percent: sale.discountBp === null ? null : percent(locale, sale.discountBp / 100),
    code: sale.coupon,
    bundles: sale.bundles,
  });
}
