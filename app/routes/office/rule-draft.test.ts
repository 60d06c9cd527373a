import { expect, test } from "vitest";
import { readRule } from "#domain/governance/rule.ts";
import { draftOf, readDraft, stepsOf } from "./rule-draft.ts";

const typed = (over: Record<string, string>) => readDraft(new URLSearchParams({ fee: "all", ...over }))!;

test("what is typed becomes steps, in the order written; a rule read back as a draft says the same", () => {
  const draft = typed({
    fund1: "solidarity",
    percent1: "2,5 %",
    fund2: "operating",
    percent2: "10",
    recoup: "50",
  });
  const steps = stepsOf(draft);
  expect(steps).toEqual([
    { kind: "fee", borne_by: "all" },
    { kind: "percent", bp: 250, to: "solidarity" },
    { kind: "percent", bp: 1000, to: "operating" },
    { kind: "recoup", bp: 5000 },
    { kind: "shares" },
  ]);
  const read = readRule(steps);
  expect(read).toEqual({ steps });
  if ("steps" in read) expect(stepsOf(draftOf(read.steps, "2026-07-01"))).toEqual(steps);
});

test.each([
  [
    "over 100 %",
    { fund1: "operating", percent1: "88.01", fund2: "solidarity", percent2: "12" },
    "over_whole",
  ],
  ["negative", { fund1: "operating", percent1: "-1" }, "percent"],
  ["three decimals", { fund1: "operating", percent1: "1.555" }, "percent"],
  ["a word", { fund1: "operating", percent1: "dix" }, "percent"],
  ["a fund without its percentage", { fund1: "operating" }, "percent"],
  ["a percentage without its fund", { percent1: "10" }, "fund"],
  ["an unknown fund", { fund1: "tresor", percent1: "10" }, "fund"],
  ["a fund twice", { fund1: "reserve", percent1: "1", fund2: "reserve", percent2: "1" }, "fund_twice"],
])("%s is refused with its reason", (_, over, fault) => {
  expect(readRule(stepsOf(typed(over)))).toEqual({ fault });
});

test("no field at all is no draft", () => expect(readDraft(new URLSearchParams("de=2026-01-01"))).toBeNull());
