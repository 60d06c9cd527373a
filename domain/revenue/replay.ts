import type { RuleSteps } from "../governance/rule.ts";
import { type Amount, sum } from "../money/amount.ts";
import { type Part, type Recipient, shareLine } from "./allocate.ts";
import { type Slot, takeBack } from "./take-back.ts";

export type PlayedLine = {
  lineId: string;
  workId: string;
  shareListId: string;
  /** In the settlement currency, before tax, the card fee within. */
  amount: Amount;
  feePart: Amount;
  splitAt: Date;
  /** Something was taken back from it later: what it gave is remembered. */
  touched: boolean;
};
export type ReplayInput = {
  steps: RuleSteps;
  /** Of every share list that a line may name, in its order. */
  shareLists: ReadonlyMap<string, readonly { memberId: string; parts: number }[]>;
  /** Of the works that have any: approved expenses with their day, and what the pool was credited before the first line. */
  pools: ReadonlyMap<string, { expenses: readonly { amount: Amount; approvedAt: Date }[]; credited: Amount }>;
};

/** Who received: `fund:operating`, `member:<id>`, `pool:<work>`. */
export type ReplayKey = string;

/**
 * Plays sold lines again under a rule, in the order of their splits, by the very function that shares a sale: its counters begin at 0, as
 * those of a version that comes into force do, and each pool's due falls with what the rule gives it. What was taken back from a line
 * is taken back from what the rule gave of it, in the same amount, line by line. Keeps a few numbers for each work and member, and the
 * parts of the lines from which something was taken back: never all the lines.
 */
export function openReplay({ steps, shareLists, pools }: ReplayInput) {
  const got = new Map<ReplayKey, Amount>();
  const stages = new Map<string, { 1: number; 2: number }>();
  const shared = new Map<string, number>();
  const recouped = new Map<string, Amount>();
  const remembered = new Map<string, Slot[]>();
  const takings = new Map<string, Slot[]>();
  let lines = 0;

  const give = (key: ReplayKey, amount: Amount) => got.set(key, (got.get(key) ?? 0) + amount);
  const recoup = (key: ReplayKey, amount: Amount) => {
    if (key.startsWith("pool:")) recouped.set(key, (recouped.get(key) ?? 0) + amount);
  };
  const dueOf = (workId: string, at: Date): Amount => {
    const pool = pools.get(workId);
    if (!pool) return 0;
    const approved = sum(pool.expenses.filter((each) => each.approvedAt <= at).map((each) => each.amount));
    return Math.max(0, approved - pool.credited - (recouped.get(`pool:${workId}`) ?? 0));
  };

  return {
    split(line: PlayedLine): void {
      const ofList = `${line.workId} ${line.shareListId}`;
      const before = stages.get(line.workId) ?? { 1: 0, 2: 0 };
      const { parts, counters } = shareLine({
        amount: line.amount,
        feePart: line.feePart,
        steps,
        shares: shareLists.get(line.shareListId)!,
        poolDue: dueOf(line.workId, line.splitAt),
        counters: { ...before, 3: shared.get(ofList) ?? 0 },
      });
      stages.set(line.workId, { 1: counters[1], 2: counters[2] });
      shared.set(ofList, counters[3]);
      lines += 1;
      for (const part of parts) {
        const key = keyOf(part.to, line.workId);
        give(key, part.amount);
        recoup(key, part.amount);
      }
      if (line.touched) remembered.set(line.lineId, slots(line, parts));
    },
    /** `cause`: the refund or the dispute, for `giveBack`. */
    takeBack(lineId: string, cause: string, amount: Amount): void {
      const remaining = remembered.get(lineId) ?? [];
      const { taken } = takeBack(amount, remaining);
      takings.set(`${cause} ${lineId}`, taken);
      change(lineId, taken, -1);
    },
    /** A refund that failed: what it took is there again. */
    giveBack(lineId: string, cause: string): void {
      change(lineId, takings.get(`${cause} ${lineId}`) ?? [], 1);
    },
    result: (): { lines: number; got: ReadonlyMap<ReplayKey, Amount> } => ({ lines, got }),
  };

  function change(lineId: string, taken: readonly Slot[], sign: 1 | -1): void {
    const by = new Map(taken.map((slot) => [slot.position, slot.amount]));
    remembered.set(
      lineId,
      (remembered.get(lineId) ?? []).map((slot) => ({
        ...slot,
        amount: slot.amount + sign * (by.get(slot.position) ?? 0),
      })),
    );
    for (const slot of taken) {
      if (slot.kind !== "part") continue;
      give(slot.account, sign * slot.amount);
      recoup(slot.account, sign * slot.amount);
    }
  }
}

function keyOf(to: Recipient, workId: string): ReplayKey {
  if ("fund" in to) return `fund:${to.fund}`;
  return "memberId" in to ? `member:${to.memberId}` : `pool:${workId}`;
}

/** As `slotsOf`: the parts, a fund's before a fee that it bears, then what of the fee the co-op did not bear. Taxes are no part of a rule. */
function slots(line: PlayedLine, parts: readonly Part[]): Slot[] {
  const borne = sum(parts.filter((part) => part.stage === "fee").map((part) => -part.amount));
  const given = parts.filter((part) => part.stage !== "fee");
  const slot = (position: number, kind: Slot["kind"], account: string, amount: Amount): Slot => ({
    saleLineId: line.lineId,
    kind,
    position,
    account,
    amount,
  });
  return [
    ...given.map((part, i) => slot(i + 1, "part", keyOf(part.to, line.workId), part.amount)),
    slot(0, "fee", "", line.feePart - borne),
  ];
}
