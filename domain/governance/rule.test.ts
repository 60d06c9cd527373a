import { expect, test } from "vitest";
import { readRule, ruleSteps } from "./rule.ts";
import { sentences } from "./rule-sentences.ts";

const fee = { kind: "fee", borne_by: "all" };
const shares = { kind: "shares" };
const percent = (bp: number, to = "operating") => ({ kind: "percent", bp, to });
const accepts = (steps: unknown) => ruleSteps.safeParse(steps).success;

test("a rule is fee, percents, perhaps a recoupment, shares", () => {
  expect(accepts([fee, percent(1000), percent(200, "solidarity"), shares])).toBe(true);
  expect(accepts([fee, percent(1000), { kind: "recoup", bp: 5000 }, shares])).toBe(true);
  expect(accepts([fee, shares])).toBe(true);
  expect(accepts([fee, percent(10_000), shares])).toBe(true);
});

test.each([
  ["over 100 %", "over_whole", [fee, percent(8801), percent(1200, "solidarity"), shares]],
  ["a negative percentage", "percent", [fee, percent(-1), shares]],
  ["half a basis point", "percent", [fee, percent(0.5), shares]],
  ["an unknown fund", "fund", [fee, percent(100, "party"), shares]],
  ["a fund twice", "fund_twice", [fee, percent(100), percent(100), shares]],
  ["no fee", "order", [percent(100), shares]],
  ["no shares", "order", [fee, percent(100)]],
  ["shares first", "order", [shares, fee]],
  ["two recoupments", "order", [fee, { kind: "recoup", bp: 1 }, { kind: "recoup", bp: 1 }, shares]],
  ["the recoupment before a percent", "order", [fee, { kind: "recoup", bp: 1 }, percent(100), shares]],
  ["a word nobody voted", "step", [fee, { ...percent(100), note: "?" }, shares]],
  ["nothing", "step", null],
])("%s is no rule: %s", (_, fault, steps) => {
  expect(readRule(steps)).toEqual({ fault });
});

test("the sentences say what the steps do, with what is left for the shares", () => {
  const steps = ruleSteps.parse([fee, percent(1000), percent(200, "solidarity"), shares]);
  expect(sentences(steps)).toEqual([
    { code: "fee_borne_by_all" },
    { code: "percent_to_operating", bp: 1000 },
    { code: "percent_to_solidarity", bp: 200 },
    { code: "rest_by_shares", bp: 8800 },
  ]);
});
