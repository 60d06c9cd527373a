import type { RefusalCode } from "#i18n/fr/refusals.ts";
import { type Amount, largestCharge, mostLines, smallestCharge, sum } from "../money/amount.ts";
import { largestRemainder } from "../money/largest-remainder.ts";
import { basisPointsHalfUp } from "../money/percent.ts";
import { type BundleNow, withBundles } from "../offers/bundle.ts";
import type { LineToTax, Tax } from "./tax.ts";

/** What pricing needs of a work, as it stands now. */
export type WorkForSale = {
  id: string;
  coopId: string;
  coopName: string;
  title: string;
  slug: string;
  kind: "book" | "album";
  coverId: string | null;
  onSale: boolean;
  /** open: the buyer names the price, from the floor that `price` is. */
  priceKind: "fixed" | "open";
  price: Amount;
  suggestedPrice: Amount | null;
  currency: string;
  /** The taxes for which its co-op gave a number. */
  registered: readonly string[];
};

/** `price`: what the buyer was shown, or named; absent: whatever it is now. */
export type AskedLine = { workId: string; quantity?: number | undefined; price?: Amount | undefined };

export type Trouble = { code: RefusalCode; title?: string };

export type PricedLine = {
  work: WorkForSale;
  quantity: number;
  unitPrice: Amount;
  /** Unit price × quantity, less what its bundle saves and its part of the discount; before tax. */
  amount: Amount;
  /** At which bundle's price it is sold. */
  bundleId: string | null;
  taxes: Tax[];
  /** The price shown, where it is not the price any more. */
  shown: Amount | null;
};

export type PricedCart = {
  currency: string;
  lines: PricedLine[];
  discount: Amount;
  /** What each bundle saves, whose works are all there. */
  bundles: { id: string; title: string; saved: Amount }[];
  /** Sum of the line amounts, after bundles and discount. */
  subtotal: Amount;
  /** One for each tax and rate, all lines together. */
  taxes: Tax[];
  total: Amount;
  /** Why it cannot be opened as it is, worst first; empty: it can. A total of 0 is none (it is claimed, not paid). */
  troubles: Trouble[];
};

/** What a coupon takes off: of the works named by id, or of all where none are. */
export type Discount = ({ bp: number } | { amount: Amount }) & { works?: ReadonlySet<string> };

/** A cart before tax; the troubles found so far. */
export type PricedGoods = {
  currency: string;
  lines: Omit<PricedLine, "taxes">[];
  discount: Amount;
  bundles: PricedCart["bundles"];
  /** Whether somebody typed a code for it. */
  byCode: boolean;
  troubles: Trouble[];
};

/**
 * Prices the goods of a cart as everything stands now (money conventions, § 2): line amount = unit price × quantity; a coupon takes half
 * up(bp × sum / 10000), or its amount as far as it goes, of the lines that it is for, shared over them by largest remainder. Bundles
 * come first: a coupon is of what they leave. A work unknown or no longer on sale is a trouble, and no line.
 * Pure: `store-sale` runs it again in its transaction.
 */
export function priceGoods(
  asked: readonly AskedLine[],
  works: ReadonlyMap<string, WorkForSale>,
  off: Discount = { bp: 0 },
  sold: readonly BundleNow[] = [],
): PricedGoods {
  const troubles: Trouble[] = [];
  const found: { work: WorkForSale; quantity: number; unitPrice: Amount; shown: Amount | null }[] = [];
  if (asked.length > mostLines) troubles.push({ code: "too_many_lines" });
  for (const { workId, quantity = 1, price } of asked) {
    const work = works.get(workId);
    if (!work?.onSale) {
      troubles.push({ code: "work_withdrawn", title: work?.title ?? "" });
      continue;
    }
    if (!Number.isSafeInteger(quantity) || quantity < 1) throw new RangeError(`not a quantity: ${quantity}`);
    const { unitPrice, trouble } = priceOf(work, price);
    if (trouble) troubles.push({ code: trouble, title: work.title });
    const shown = price !== undefined && work.priceKind === "fixed" && price !== unitPrice ? price : null;
    found.push({ work, quantity, unitPrice, shown });
  }
  const currency = found[0]?.work.currency ?? "cad";
  if (found.some((line) => line.work.currency !== currency)) troubles.push({ code: "mixed_currencies" });
  const { amounts, bundleIds, applied } = withBundles(
    found.map(({ work, unitPrice, quantity }) => ({
      ...{ workId: work.id, fixed: work.priceKind === "fixed", currency: work.currency, unitPrice, quantity },
    })),
    sold,
  );
  const touched = found.map(({ work }, i) => (off.works && !off.works.has(work.id) ? 0 : amounts[i]!));
  const discount = "bp" in off ? basisPointsHalfUp(sum(touched), off.bp) : Math.min(off.amount, sum(touched));
  const cuts = largestRemainder(discount, touched);
  const lines = found.map((line, i) => ({
    ...line,
    amount: amounts[i]! - cuts[i]!,
    bundleId: bundleIds[i]!,
  }));
  return { currency, lines, discount, bundles: applied, byCode: off.works !== undefined, troubles };
}

/** What a tax engine needs of the goods. */
export const linesToTax = ({ lines }: PricedGoods): LineToTax[] =>
  lines.map(({ work, amount }) => ({
    workId: work.id,
    kind: work.kind,
    registered: work.registered,
    amount,
  }));

/** The cart with the taxes of each line, in the order of the lines, and whether its total can be charged. */
export function withTaxes(goods: PricedGoods, taxesOfLines: readonly Tax[][]): PricedCart {
  const troubles = [...goods.troubles];
  const lines = goods.lines.map((line, i): PricedLine => ({ ...line, taxes: taxesOfLines[i] ?? [] }));
  const subtotal = sum(lines.map((line) => line.amount));
  const taxes = taxesInAll(lines.map((line) => line.taxes));
  const total = subtotal + sum(taxes.map((tax) => tax.amount));
  if (total > largestCharge) troubles.push({ code: "amount_above_maximum" });
  if (
    total > 0 &&
    total < smallestCharge(goods.currency) &&
    !troubles.some((each) => each.code === "price_below_minimum")
  ) {
    troubles.push(
      goods.byCode && goods.discount > 0
        ? { code: "coupon_leaves_too_little" }
        : { code: "price_below_minimum", title: lines.find((line) => line.amount > 0)?.work.title ?? "" },
    );
  }
  const { currency, discount, bundles } = goods;
  return { currency, lines, discount, bundles, subtotal, taxes, total, troubles };
}

/** One for each tax and rate, all lines together, in the order in which they are first met. */
function taxesInAll(ofLines: readonly (readonly Tax[])[]): Tax[] {
  const all = new Map<string, Tax>();
  for (const tax of ofLines.flat()) {
    const key = `${tax.code} ${tax.percent}`;
    all.set(key, { ...tax, amount: (all.get(key)?.amount ?? 0) + tax.amount });
  }
  return [...all.values()];
}

/** A price is 0 or at least the smallest charge; where it is open, never under the seller's floor. */
function priceOf(work: WorkForSale, named: Amount | undefined): { unitPrice: Amount; trouble?: RefusalCode } {
  if (work.priceKind === "fixed") {
    const changed = named !== undefined && named !== work.price;
    return { unitPrice: work.price, ...(changed && { trouble: "price_changed" as const }) };
  }
  const unitPrice = named ?? work.suggestedPrice ?? work.price;
  if (!Number.isSafeInteger(unitPrice) || unitPrice < 0) throw new RangeError(`not a price: ${unitPrice}`);
  if (unitPrice > largestCharge) return { unitPrice, trouble: "amount_above_maximum" };
  const tooLow = unitPrice < work.price || (unitPrice > 0 && unitPrice < smallestCharge(work.currency));
  return { unitPrice, ...(tooLow && { trouble: "price_below_minimum" as const }) };
}
