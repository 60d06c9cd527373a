import { type Amount, sum } from "../money/amount.ts";
import { largestRemainder } from "../money/largest-remainder.ts";

/** Works sold together at one price, as a cart meets them. */
export type BundleNow = { id: string; title: string; price: Amount; currency: string; workIds: string[] };

type Line = { workId: string; fixed: boolean; currency: string; unitPrice: Amount; quantity: number };

/**
 * What the lines of a cart are sold at where all the works of a bundle are there: its price is spread over one copy of each by
 * largest remainder, weights their prices; further copies are at theirs. The bundle that saves most comes first, and a work is in one
 * at most. One that saves nothing (its works became cheaper), or with a work whose price the buyer names, takes no effect.
 */
export function withBundles(
  lines: readonly Line[],
  bundles: readonly BundleNow[],
): {
  amounts: Amount[];
  bundleIds: (string | null)[];
  applied: { id: string; title: string; saved: Amount }[];
} {
  const amounts = lines.map((line) => line.unitPrice * line.quantity);
  const bundleIds: (string | null)[] = lines.map(() => null);
  const applied: { id: string; title: string; saved: Amount }[] = [];
  const fitting = bundles
    .map((bundle) => {
      const at = bundle.workIds.map((id) => lines.findIndex((line) => line.workId === id));
      const fits = at.every((i) => i >= 0 && lines[i]!.fixed && lines[i]!.currency === bundle.currency);
      return { bundle, at, saved: fits ? sum(at.map((i) => lines[i]!.unitPrice)) - bundle.price : 0 };
    })
    .filter(({ saved }) => saved > 0)
    .sort((a, b) => b.saved - a.saved || (a.bundle.id < b.bundle.id ? -1 : 1));
  for (const { bundle, at, saved } of fitting) {
    if (at.some((i) => bundleIds[i] !== null)) continue;
    const prices = at.map((i) => lines[i]!.unitPrice);
    const parts = largestRemainder(bundle.price, prices);
    at.forEach((i, k) => {
      amounts[i] = amounts[i]! - prices[k]! + parts[k]!;
      bundleIds[i] = bundle.id;
    });
    applied.push({ id: bundle.id, title: bundle.title, saved });
  }
  return { amounts, bundleIds, applied };
}
