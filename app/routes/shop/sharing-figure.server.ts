import type { SharingFigure } from "#app/components/sharing.tsx";
import { ruleSteps } from "#domain/governance/rule.ts";
import { feeBorneBy } from "#domain/governance/rule-sentences.ts";
import { shareLine } from "#domain/revenue/allocate.ts";

type Shared = {
  price: { kind: "fixed" | "open"; amount: number; suggested: number | null; currency: string };
  sharing: {
    steps: unknown;
    shares: { memberId: string; name: string; parts: number }[] | null;
    poolDue: number;
  } | null;
};

/**
 * How one sale of this work would be shared, by the very function that shares the real ones, the card fee aside. Of an open price,
 * the suggested one. Null for what costs nothing, and where there is no rule or nobody to share with.
 */
export function sharingFigure({ price, sharing }: Shared): SharingFigure | null {
  const amount = price.kind === "open" ? (price.suggested ?? price.amount) : price.amount;
  if (!sharing?.shares?.length || amount === 0) return null;
  const steps = ruleSteps.safeParse(sharing.steps);
  if (!steps.success) return null;
  const { shares, poolDue } = sharing;
  const { parts } = shareLine({
    amount,
    feePart: 0,
    steps: steps.data,
    shares,
    poolDue,
    counters: { 1: 0, 2: 0, 3: 0 },
  });
  const names = new Map(shares.map(({ memberId, name }) => [memberId, name]));
  return {
    price: amount,
    currency: price.currency,
    feeBorneBy: feeBorneBy(steps.data),
    open: price.kind === "open",
    makers: parts.flatMap(({ to, amount }) =>
      "memberId" in to ? [{ name: names.get(to.memberId) ?? "", amount }] : [],
    ),
    funds: parts.flatMap(({ to, amount }): SharingFigure["funds"] =>
      "fund" in to ? [{ fund: to.fund, amount }] : "pool" in to ? [{ fund: "pool", amount }] : [],
    ),
  };
}
