import { afterAll, expect, test } from "vitest";
import { anyStory } from "#tests/stories/any-story.ts";
import { hasChecker } from "./contract.ts";
import { type Ground, openGround } from "./ground.ts";
import { playHistory, wholeAt } from "./history.ts";
import { tameMachine } from "./machine.ts";

/** The same hundred each time; more of them: `npm run chaos -- --seeds 10000 --workers 2`. */
const seeds = Array.from({ length: 100 }, (_, i) => i + 1);
if (!hasChecker) console.warn("skipped: the contract checker is not at hand");

let ground: Ground | undefined;
afterAll(() => ground?.close());

test("a hundred histories drawn by seeds: nothing lost, nothing twice, the books equal Stripe's to the cent", {
  timeout: 600_000,
}, async () => {
  const machine = tameMachine();
  ground = await openGround();
  const broken: string[] = [];
  let transfers = 0;
  for (const seed of seeds) {
    machine.seed(seed);
    const outcome = await playHistory(ground, anyStory(seed, 25), { whole: wholeAt(seed) });
    transfers += outcome.counts.transfers;
    const again = `npm run chaos -- --seed ${seed} --every-step`;
    broken.push(...outcome.broken.slice(0, 1).map((first) => `seed ${seed}: ${first} (${again})`));
  }
  expect(broken).toEqual([]);
  expect(transfers).toBeGreaterThan(500);
});
