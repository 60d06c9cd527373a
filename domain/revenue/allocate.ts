import type { RuleSteps } from "../governance/rule.ts";
import { feeBorneBy, percents, recoupment } from "../governance/rule-sentences.ts";
import type { Fund } from "../ledger/account.ts";
import type { Amount } from "../money/amount.ts";
import { largestRemainder } from "../money/largest-remainder.ts";
import { share } from "./due.ts";

/** Cents that each stage has shared so far: (work, rule) for 1 and 2, (work, rule, share list) for 3. */
export type Counters = { 1: number; 2: number; 3: number };

export type LineToShare = {
  /** Of the line, after discount and before tax, in the settlement currency; > 0. */
  amount: Amount;
  /** Its part of the card fee. */
  feePart: Amount;
  steps: RuleSteps;
  /** In the order of the share list. */
  shares: readonly { memberId: string; parts: number }[];
  /** Approved expenses of the work less what its pool was credited; what the recoupment may still take. */
  poolDue: Amount;
  counters: Counters;
};

export type Recipient = { fund: Fund } | { pool: true } | { memberId: string };
/** `fee`: what the co-op's operating fund bears of the card fee, negative. */
export type Part = { stage: "percent" | "pool" | "shares" | "fee"; to: Recipient; amount: Amount };

/** The exact card fee over the lines, by what each charged, tax included; a line of 0 bears nothing. */
export function feeParts(fee: Amount, charged: readonly Amount[]): Amount[] {
  return largestRemainder(fee, charged);
}

/**
 * Shares one line by its pinned rule and share list (money conventions, § 3). Returns the parts in the order of the stages —
 * funds, pool, members, then the fee that the co-op bears — and the counters as they are afterwards. The parts sum to
 * amount − feePart: nothing is lost or made.
 */
export function shareLine(line: LineToShare): { parts: Part[]; counters: Counters } {
  // A fee above the line itself (never seen, but the fee is Stripe's to decide) is the co-op's: nobody is debited for having sold.
  const borneByCoop =
    feeBorneBy(line.steps) === "coop" ? line.feePart : Math.max(0, line.feePart - line.amount);
  const base = line.amount - line.feePart + borneByCoop;
  const counters = { ...line.counters };
  const parts: Part[] = [];

  const toFunds = percents(line.steps);
  const bps = toFunds.map((step) => step.bp);
  const first = share(counters[1], base, [...bps, 10_000 - bps.reduce((all, bp) => all + bp, 0)]);
  counters[1] += base;
  toFunds.forEach((step, i) => {
    parts.push({ stage: "percent", to: { fund: step.to }, amount: first[i]! });
  });
  let rest = first[toFunds.length]!;

  const recoup = recoupment(line.steps);
  if (recoup && line.poolDue > 0) {
    const [toPool] = share(counters[2], rest, [recoup.bp, 10_000 - recoup.bp]);
    counters[2] += rest;
    const taken = Math.min(toPool!, line.poolDue);
    parts.push({ stage: "pool", to: { pool: true }, amount: taken });
    rest -= taken;
  }

  const toMembers = share(
    counters[3],
    rest,
    line.shares.map((each) => each.parts),
  );
  counters[3] += rest;
  line.shares.forEach((each, i) => {
    parts.push({ stage: "shares", to: { memberId: each.memberId }, amount: toMembers[i]! });
  });

  if (borneByCoop > 0) parts.push({ stage: "fee", to: { fund: "operating" }, amount: -borneByCoop });
  return { parts, counters };
}
