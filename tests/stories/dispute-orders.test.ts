import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readStory } from "./format.ts";
import { playStory } from "./play.ts";

// A dispute that is lost is told in three events, which come in any order: the books are the same after all of them.
const told = ["charge.dispute.created", "charge.dispute.funds_withdrawn", "charge.dispute.closed"] as const;
const orders = told.flatMap((first) =>
  told.flatMap((second) =>
    told.filter((third) => new Set([first, second, third]).size === 3).map((third) => [first, second, third]),
  ),
);
const story = await readFile(new URL("own/dispute-out-of-order.json", import.meta.url), "utf8");

test.each(orders)("S68: %s, %s, %s", async (...order) => {
  const one = readStory(story);
  const steps = one.steps.map((step) => (step.do === "deliver" ? { ...step, order } : step));
  expect((await playStory({ ...one, steps })).why).toEqual([]);
});

test("there are six", () => expect(orders).toHaveLength(6));
