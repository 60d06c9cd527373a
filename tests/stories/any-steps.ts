import type { AccountState, FaultName, Operation, Step, StoryLine, StoryWork } from "./format.ts";
import type { Dice } from "./random.ts";

export const anybody = ["ana", "benoit", "chloe", "dan", "eve"];

/** What was drawn so far, as far as the next draw depends on it. */
export type Plan = {
  dice: Dice;
  works: StoryWork[];
  now: number;
  steps: Step[];
  /** Labels of sales: opened; paid without a fee; paid. */
  open: string[];
  late: string[];
  paid: string[];
  refunds: string[];
  disputes: { dispute: string; isInquiry: boolean }[];
  /** Of accounts that are, or may be, no longer as they were: what has to be repaired at the end. */
  states: Map<string, AccountState>;
};

const anyCall: FaultName[] = [
  "drop_before",
  "drop_after",
  "error_500",
  "rate_limit",
  "lock_timeout",
  "crash_before_call",
  "crash_after_call",
  "crash_before_commit",
  "crash_after_commit",
];

/** How a step is drawn, and how often. [] where there is nothing yet that it could be about. */
const draws: [weight: number, draw: (plan: Plan, label: string) => Step[]][] = [
  [18, checkout],
  [30, pay],
  [5, feeKnown],
  [12, refund],
  [4, refundOutcome],
  [5, dispute],
  [5, disputeOutcome],
  [9, fault],
  [5, cut],
  [5, account],
  [7, events],
  [2, rule],
  [4, work],
  [6, clock],
  [6, atOnce],
  [2, () => [{ do: "available" }]],
];
const weighted = draws.flatMap(([weight, draw]) => Array.from({ length: weight }, () => draw));

export function drawSteps(plan: Plan, length: number): void {
  for (let n = 0; plan.steps.length < length; n += 1) {
    plan.steps.push(...plan.dice.one(weighted)(plan, String(n)));
  }
}

export function anyRule(dice: Dice, bears: string): unknown[] {
  const percent = (most: number, to: string) => ({ kind: "percent", bp: dice.below(most), to });
  return [
    { kind: "fee", borne_by: bears },
    percent(3000, "operating"),
    percent(1000, "solidarity"),
    ...(dice.chance(0.5) ? [{ kind: "recoup", bp: dice.below(10_001) }] : []),
    { kind: "shares" },
  ];
}

export function anyShares(dice: Dice) {
  return anybody
    .filter(() => dice.chance(0.4))
    .map((member) => ({ member, parts: dice.below(7) }))
    .concat({ member: "farid", parts: 1 + dice.below(5) });
}

/** Time passes: the step that moves the clock. */
export function later(plan: Plan, minutes: number): Step {
  plan.now += minutes * 60_000;
  return { do: "clock", to: new Date(plan.now).toISOString().replace(".000", "") };
}

function checkout({ dice, works, open }: Plan, n: string): Step[] {
  const chosen = works.filter(() => dice.chance(0.35));
  const lines = (chosen.length > 0 ? chosen : [works[0]!]).map(
    (each): StoryLine => ({
      work: each.id,
      ...(dice.chance(0.3) && { quantity: 1 + dice.below(3) }),
      ...(each.min !== undefined && { price: dice.one([0, 20, 50 + dice.below(900), 50 + dice.below(900)]) }),
    }),
  );
  const sale = `s${n}`;
  if (lines.every((line) => line.work === "W0")) return [{ do: "claim", sale, lines }];
  open.push(sale);
  const place = dice.chance(0.5) ? { place: "CA-QC" } : {};
  const coupon = dice.chance(0.2) ? { coupon: { bp: 1 + dice.below(3000) } } : {};
  const card = dice.chance(0.2) ? { card: "foreign" as const } : {};
  return [{ do: "checkout", sale, lines, ...place, ...coupon, ...card }];
}

function pay({ dice, open, late, paid }: Plan): Step[] {
  if (open.length === 0) return [];
  const sale = open.splice(dice.below(open.length), 1)[0]!;
  const isLate = dice.chance(0.2);
  if (isLate) late.push(sale);
  paid.push(sale);
  const returns = dice.chance(0.2) ? { returns: true as const } : {};
  return [{ do: "pay", sale, ...(isLate && { fee: "later" as const }), ...returns }];
}

function feeKnown({ dice, late }: Plan): Step[] {
  if (late.length === 0) return [];
  return [{ do: "fee_known", sale: late.splice(dice.below(late.length), 1)[0]! }];
}

/** The last sales are meant more often than the first. */
const recent = ({ dice, paid }: Plan) =>
  paid[paid.length - 1 - Math.min(dice.below(4), dice.below(paid.length))]!;

function refund(plan: Plan, n: string): Step[] {
  const { dice, paid, refunds } = plan;
  if (paid.length === 0) return [];
  const sale = recent(plan);
  const label = `r${n}`;
  refunds.push(label);
  const about = { do: "refund" as const, refund: label, sale };
  const amount = dice.chance(0.5) ? { amount: 1 + dice.below(900) } : {};
  if (dice.chance(0.25)) return [{ ...about, ...amount, by: "stripe" }];
  const lines = dice.chance(0.3) ? { lines: dice.chance(0.5) ? [1] : [2] } : {};
  const steps: Step[] = [{ ...about, ...lines, ...amount }];
  // What Stripe cannot pay back at once is pending.
  if (dice.chance(0.2)) steps.unshift({ do: "fault", on: "refund", fault: "pending" });
  return steps;
}

function refundOutcome({ dice, refunds }: Plan): Step[] {
  if (refunds.length === 0) return [];
  const chosen = dice.one(refunds);
  const fails = dice.chance(0.7);
  return [{ do: fails ? "refund_failed" : "refund_succeeded", refund: chosen }];
}

function dispute(plan: Plan, n: string): Step[] {
  const { dice, paid, disputes } = plan;
  if (paid.length === 0) return [];
  const isInquiry = dice.chance(0.25);
  disputes.push({ dispute: `d${n}`, isInquiry });
  const amount = dice.chance(0.3) ? { amount: 1 + dice.below(700) } : {};
  const status = isInquiry ? "inquiry" : "opened";
  return [{ do: "dispute", dispute: `d${n}`, status, sale: recent(plan), ...amount }];
}

function disputeOutcome({ dice, disputes }: Plan): Step[] {
  if (disputes.length === 0) return [];
  const chosen = dice.one(disputes);
  const status = chosen.isInquiry ? "inquiry_closed" : dice.one(["won", "lost"] as const);
  return [{ do: "dispute", dispute: chosen.dispute, status }];
}

function fault({ dice, states }: Plan): Step[] {
  const on = dice.one<Operation>([
    "transfer",
    "transfer",
    "transfer",
    "refund",
    "reversal",
    "reversal",
    "session",
  ]);
  const whose = (on === "transfer" || on === "reversal") && dice.chance(0.5);
  const refusals: FaultName[] =
    on === "session" || on === "refund" ? [] : ["balance_insufficient", "account_invalid"];
  const chosen = dice.one([...anyCall, ...refusals, ...refusals]);
  const times = { times: 1 + dice.below(6) };
  if (chosen === "account_invalid") {
    const member = dice.one(anybody);
    if (on === "transfer" && !states.has(member)) states.set(member, "closed");
    return [{ do: "fault", on, fault: chosen, destination: member, ...times }];
  }
  return [{ do: "fault", on, fault: chosen, ...(whose && { destination: dice.one(anybody) }), ...times }];
}

function cut({ dice }: Plan): Step[] {
  return [{ do: "cut", statements: 1 + dice.below(120), answer: dice.one(["none", "lost"] as const) }];
}

function account({ dice, states }: Plan): Step[] {
  const state = dice.one<AccountState>(["active", "restricted", "closed"]);
  const who = dice.chance(0.2) ? "B" : dice.one([...anybody, "farid"]);
  const isNew = dice.chance(0.3) || states.get(who) === "closed" || states.get(who) === "none";
  states.set(who, state);
  const whose = who === "B" ? { coop: "B" } : { member: who };
  return [{ do: "account", ...whose, state, ...(isNew && { new: true as const }) }];
}

function events(plan: Plan, n: string): Step[] {
  const mode = plan.dice.one(["normal", "repeat", "shuffle", "drop"] as const);
  const more = mode === "repeat" ? { times: 2 } : mode === "shuffle" ? { seed: Number(n) } : {};
  return [{ do: "events", mode, ...more }];
}

function rule(plan: Plan, n: string): Step[] {
  const { dice, now } = plan;
  const coop = dice.one(["A", "B"]);
  const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString().replace(".000", "");
  const steps = anyRule(dice, dice.one(["all", "coop"]));
  return [
    { do: "rule", rule: { id: `R${n}`, coop, from: at(dice.one([-5, 1, 30, 3000])), voted: at(0), steps } },
  ];
}

function work({ dice, works }: Plan): Step[] {
  const { id } = dice.one(works.slice(0, 3));
  if (dice.chance(0.6)) return [{ do: "work", work: id, shares: anyShares(dice) }];
  if (dice.chance(0.5)) return [{ do: "work", work: id, price: dice.one([49, 50, 800, 2000]) }];
  return [{ do: "work", work: id, expenses: dice.below(4000) }];
}

function clock(plan: Plan): Step[] {
  const minutes = plan.dice.one([1, 3, 20, 600, 2000]);
  // Nearly nobody pays on a page that has expired.
  if (minutes > 30) plan.open = plan.open.filter(() => plan.dice.chance(0.1));
  return [later(plan, minutes)];
}

/** Two or three things in the same instant. */
function atOnce(plan: Plan, n: string): Step[] {
  const kinds = [pay, refund, refund, account, dispute, disputeOutcome, feeKnown, checkout];
  const drawn = [0, 1, 2]
    .slice(plan.dice.below(2))
    .flatMap((i) => plan.dice.one(kinds)(plan, `${n}${"abc"[i]}`));
  // A fee is known once there is a payment, and not in the same instant: it is known later.
  const isTooSoon = (step: Step) =>
    step.do === "fee_known" && drawn.some((each) => each.do === "pay" && each.sale === step.sale);
  for (const step of drawn) if (step.do === "fee_known" && isTooSoon(step)) plan.late.push(step.sale);
  // Nobody closes the account that they are opening.
  const steps = drawn.filter(
    (step, i) =>
      step.do !== "fault" &&
      !isTooSoon(step) &&
      (step.do !== "account" || drawn.findIndex((each) => each.do === "account") === i),
  );
  return steps.length > 1 ? [{ do: "at_once", steps }] : steps;
}
