import { expect, test } from "vitest";
import { anyStory } from "./any-story.ts";
import { playStory } from "./play.ts";

/** More of them: `SEEDS=100-200 npx vitest run tests/stories/any-story.test.ts`. */
const [first = 1, last = 2] = (process.env.SEEDS ?? "1-2").split("-").map(Number);
const seeds = Array.from({ length: last - first + 1 }, (_, i) => first + i);

test.for(seeds)(
  "story drawn by seed %d: the invariants hold after each step, and at the end everybody was sent what is owed",
  { timeout: 300_000 },
  async (seed) => {
    const { played, why } = await playStory(anyStory(seed, 40));
    expect(why).toEqual([]);
    expect(played.entries.some((entry) => entry.kind === "transfer")).toBe(true);
    // Left in the books: the platform co-op's own funds, taxes, pools — and a co-op's funds where one owes and another is owed.
    const owed = Object.entries(played.balances).filter(([account]) => account.startsWith("member:"));
    expect(owed).toEqual([]);
    const coopB = Object.entries(played.balances).filter(([account]) => account.startsWith("coopB:"));
    expect(coopB.reduce((all, [, balance]) => all + balance, 0)).toBeGreaterThanOrEqual(0);
    expect(Object.keys(played.balances).filter((account) => account.startsWith("clearing/"))).toEqual([]);
  },
);
