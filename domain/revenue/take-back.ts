import type { Amount } from "../money/amount.ts";
import { sum } from "../money/amount.ts";
import { largestRemainder } from "../money/largest-remainder.ts";

/** Where a line's money went: to a recipient, to the card fee, to a tax. */
export type SlotKind = "part" | "fee" | "tax";
/** One place of a line from which something may be taken back, with what remains there. */
export type Slot = { saleLineId: string; kind: SlotKind; position: number; account: string; amount: Amount };

export type LineGiven = {
  id: string;
  /** Of the card fee; whoever bore it. */
  feePart: Amount;
  /** As they were posted, in the order of the stages; `fee`: what a co-op bore, negative. */
  parts: readonly { position: number; stage: string; account: string; amount: Amount }[];
  taxes: readonly { position: number; code: string; amount: Amount }[];
};

/**
 * What a line was charged, place by place (money conventions, § 6): its recipients in the order of the stages, a fund with its part
 * before a fee that it bears; its fee part, less what a co-op bore of it; its taxes. The amounts sum to what the buyer paid for the
 * line, tax included.
 */
export function slotsOf(line: LineGiven): Slot[] {
  const given = line.parts.filter((part) => part.stage !== "fee");
  const borne = sum(line.parts.filter((part) => part.stage === "fee").map((part) => -part.amount));
  return [
    ...given.map(({ position, account, amount }) => ({
      saleLineId: line.id,
      kind: "part" as const,
      position,
      account,
      amount,
    })),
    { saleLineId: line.id, kind: "fee" as const, position: 0, account: "", amount: line.feePart - borne },
    ...line.taxes.map((tax) => ({
      saleLineId: line.id,
      kind: "tax" as const,
      position: tax.position,
      account: `tax:${tax.code}`,
      amount: tax.amount,
    })),
  ];
}

/**
 * Takes `amount` back from what remains, by one largest remainder over all the places in their order: never more than what remains
 * of any of them. `beyond` is what nothing remained for. Places of which nothing is taken are left out.
 */
export function takeBack(amount: Amount, remaining: readonly Slot[]): { taken: Slot[]; beyond: Amount } {
  const weights = remaining.map((slot) => slot.amount);
  const whole = sum(weights);
  const cuts = largestRemainder(Math.min(amount, whole), weights);
  const taken = remaining.map((slot, i) => ({ ...slot, amount: cuts[i]! })).filter((slot) => slot.amount > 0);
  return { taken, beyond: Math.max(0, amount - whole) };
}
