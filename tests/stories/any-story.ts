import type { AccountState, FaultName, Step, Story, StoryLine } from "./format.ts";

/** The same numbers for the same seed (mulberry32), from 0 up to 1. */
function randomOf(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const faults: FaultName[] = [
  "drop_before",
  "drop_after",
  "error_500",
  "rate_limit",
  "lock_timeout",
  "crash_before_call",
  "crash_after_call",
  "crash_before_commit",
  "crash_after_commit",
  "balance_insufficient",
  "account_invalid",
];

/**
 * A story that nobody wrote: two co-ops with rules of every kind, and so many steps drawn by the seed — sales, late fees, accounts
 * that come and go, lost and shuffled events, faults of every kind, rules and shares that change, days that pass. It ends with
 * everything repaired and time to finish: whatever happened, everybody has then been sent what they are owed.
 */
export function anyStory(seed: number, length: number): Story {
  const random = randomOf(seed);
  const below = (n: number) => Math.floor(random() * n);
  const one = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const members = ["ana", "benoit", "chloe", "dan", "eve"];
  const percent = (most: number, to: string) => ({ kind: "percent", bp: below(most), to });
  const steps = (bears: string) => [
    { kind: "fee", borne_by: bears },
    percent(3000, "operating"),
    percent(1000, "solidarity"),
    ...(random() < 0.5 ? [{ kind: "recoup", bp: below(10_001) }] : []),
    { kind: "shares" },
  ];
  const shares = () =>
    members
      .filter(() => random() < 0.6)
      .map((member) => ({ member, parts: below(7) }))
      .concat({ member: "farid", parts: 1 + below(5) });
  const from = "2026-01-01T00:00:00-05:00";
  const voted = "2025-12-10T19:00:00-05:00";
  const works = ["W1", "W2", "W3", "W4"].map((id, i) => ({
    id,
    coop: i % 2 ? "B" : "A",
    ...(i === 3 ? { min: 0 } : { price: one([50, 99, 700, 1500, 12_345]) }),
    shares: shares(),
    ...(random() < 0.5 && { expenses: 50 + below(2000) }),
  }));
  const start = Date.parse("2026-03-02T15:00:00Z");
  let now = start;
  const written: Step[] = [];
  const open: string[] = [];
  const late: string[] = [];
  for (let n = 0; written.length < length; n += 1) {
    const label = `s${n}`;
    const roll = random();
    if (roll < 0.35) {
      const chosen = works.filter(() => random() < 0.5);
      const lines = (chosen.length ? chosen : [works[0]!]).map(
        (work): StoryLine => ({
          work: work.id,
          quantity: 1 + below(3),
          ...("min" in work && { price: 50 + below(900) }),
        }),
      );
      const place = random() < 0.5 ? { place: "CA-QC" } : {};
      const coupon = random() < 0.2 ? { coupon: { bp: 1 + below(3000) } } : {};
      written.push({
        do: "checkout",
        sale: label,
        lines,
        ...place,
        ...coupon,
        ...(random() < 0.2 && { card: "foreign" as const }),
      });
      open.push(label);
    } else if (roll < 0.65 && open.length > 0) {
      const sale = open.splice(below(open.length), 1)[0]!;
      const isLate = random() < 0.2;
      if (isLate) late.push(sale);
      written.push({
        do: "pay",
        sale,
        ...(isLate && { fee: "later" as const }),
        ...(random() < 0.3 && { returns: true as const }),
      });
    } else if (roll < 0.7 && late.length > 0) {
      written.push({ do: "fee_known", sale: late.splice(below(late.length), 1)[0]! });
    } else if (roll < 0.78) {
      const fault = one(faults);
      const whose = random() < 0.5 ? { destination: one(members) } : {};
      written.push({
        do: "fault",
        on: random() < 0.8 ? "transfer" : "session",
        fault,
        times: 1 + below(6),
        ...whose,
      });
    } else if (roll < 0.84) {
      const state = one<AccountState>(["active", "active", "restricted", "closed"]);
      const whose = random() < 0.2 ? { coop: "B" } : { member: one(members) };
      written.push({ do: "account", ...whose, state, ...(random() < 0.3 && { new: true as const }) });
    } else if (roll < 0.92) {
      const mode = one(["normal", "repeat", "shuffle", "drop"] as const);
      written.push({
        do: "events",
        mode,
        ...(mode === "repeat" && { times: 3 }),
        ...(mode === "shuffle" && { seed: n }),
      });
    } else if (roll < 0.95) {
      written.push({ do: "work", work: one(works).id, shares: shares() });
    } else {
      now += one([1, 3, 20, 600, 2000]) * 60_000;
      written.push({ do: "clock", to: new Date(now).toISOString().replace(".000", "") });
    }
  }
  const later = (minutes: number): Step => {
    now += minutes * 60_000;
    return { do: "clock", to: new Date(now).toISOString().replace(".000", "") };
  };
  written.push(
    { do: "events", mode: "normal" },
    { do: "fault", on: "transfer", fault: "none" },
    ...late.map((sale): Step => ({ do: "fee_known", sale })),
    later(5),
    // The sum that a broken key keeps for a day is looked for after it.
    later(24 * 60),
    later(24 * 60),
    { do: "available" },
    ...[...members, "farid"].map((member): Step => ({ do: "account", member, state: "active", new: true })),
    { do: "account", coop: "B", state: "active", new: true },
    later(5),
  );
  return {
    name: `any-${seed}`,
    title: `Drawn by ${seed}`,
    start: "2026-03-02T10:00:00-05:00",
    currency: "cad",
    coops: [
      { id: "A", account: "platform" },
      { id: "B", account: "active" },
    ],
    members: [...members, "farid"].map((id) => ({ id, account: id === "farid" ? "none" : "active" })),
    rules: [
      { id: "RA", coop: "A", from, voted, steps: steps("all") },
      { id: "RB", coop: "B", from, voted, steps: steps(one(["all", "coop"])) },
    ],
    works,
    taxes: [
      { id: "tps", place: "CA-QC", percent: "5" },
      { id: "tvq", place: "CA-QC", percent: "9.975" },
    ],
    steps: written,
  };
}
