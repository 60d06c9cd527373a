import { anybody, anyRule, anyShares, drawSteps, later, type Plan } from "./any-steps.ts";
import type { Step, Story } from "./format.ts";
import { diceOf } from "./random.ts";

/**
 * A story that nobody wrote: two co-ops with rules of every kind, and so many steps drawn by the seed (`any-steps`). It ends with
 * everything repaired and time to finish: whatever happened, everybody has then been sent what they are owed, and owes what could not
 * be taken back. `restart`: PostgreSQL is restarted on the way.
 */
export function anyStory(seed: number, length: number, { restart = false } = {}): Story {
  const dice = diceOf(seed);
  const from = "2026-01-01T00:00:00-05:00";
  const voted = "2025-12-10T19:00:00-05:00";
  const works = ["W1", "W2", "W3", "W4", "W0"].map((id, i) => ({
    id,
    coop: i % 2 ? "B" : "A",
    ...(i === 3 ? { min: 0 } : { price: i === 4 ? 0 : dice.one([50, 99, 700, 1500, 12_345]) }),
    shares: anyShares(dice),
    ...(i < 4 && dice.chance(0.3) && { expenses: 50 + dice.below(2000) }),
  }));
  const plan: Plan = {
    dice,
    works,
    now: Date.parse("2026-03-02T15:00:00Z"),
    steps: [],
    open: [],
    late: [],
    paid: [],
    refunds: [],
    disputes: [],
    states: new Map([["farid", "none"]]),
  };
  drawSteps(plan, length);
  if (restart) plan.steps.splice(dice.below(plan.steps.length), 0, { do: "restart" });
  end(plan);
  const thresholds = new Map([["eve", dice.chance(0.5) ? 1000 : 0]]);
  return {
    name: `any-${seed}`,
    title: `Drawn by ${seed}`,
    start: "2026-03-02T10:00:00-05:00",
    currency: "cad",
    coops: [
      { id: "A", account: "platform" },
      { id: "B", account: "active" },
    ],
    members: [...anybody, "farid"].map((id) => ({
      id,
      account: id === "farid" ? "none" : "active",
      ...(thresholds.get(id) && { threshold: thresholds.get(id)! }),
    })),
    rules: [
      { id: "RA", coop: "A", from, voted, steps: anyRule(dice, "all") },
      { id: "RB", coop: "B", from, voted, steps: anyRule(dice, dice.one(["all", "coop"])) },
    ],
    works,
    taxes: [
      { id: "tps", place: "CA-QC", percent: "5" },
      { id: "tvq", place: "CA-QC", percent: "9.975" },
    ],
    steps: plan.steps,
  };
}

/** Everything is repaired, every bank has decided, and there is time to finish. */
function end(plan: Plan): void {
  const { dice, late, refunds, disputes, states } = plan;
  const minutes = (n: number) => later(plan, n);
  const decided = disputes.map(({ dispute, isInquiry }): Step => {
    const status = isInquiry ? "inquiry_closed" : dice.one(["won", "lost"] as const);
    return { do: "dispute", dispute, status };
  });
  plan.steps.push(
    { do: "events", mode: "normal" },
    { do: "fault", on: "transfer", fault: "none" },
    ...late.map((sale): Step => ({ do: "fee_known", sale })),
    minutes(5),
    ...refunds.map(
      (refund): Step => ({ do: dice.chance(0.8) ? "refund_succeeded" : "refund_failed", refund }),
    ),
    ...decided,
    // What a broken key keeps for a day is looked for after it.
    minutes(24 * 60),
    minutes(24 * 60),
    { do: "available" },
    ...[...states].map(([who, state]): Step => {
      const whose = who === "B" ? { coop: "B" } : { member: who };
      return { do: "account", ...whose, state: "active", ...(state !== "restricted" && { new: true }) };
    }),
    minutes(5),
  );
}
