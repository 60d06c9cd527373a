import { expect, it } from "vitest";
import { type ReportState, stateAfter, stepsAfter } from "./report-states.ts";

it("never removes what its artist was not told of, and hears an appeal once", () => {
  expect(stepsAfter("open", false)).not.toContain("removed");
  expect(stepsAfter("noticed", false)).toContain("appeal");
  expect(stepsAfter("removed", false)).toEqual(["appeal"]);
  expect(stepsAfter("removed", true)).toEqual([]);
  expect(stepsAfter("kept", false)).toEqual([]);
});

it("ends, whatever is done", () => {
  const walk = (state: ReportState, appealed: boolean, depth: number): void => {
    expect(depth).toBeLessThan(6);
    for (const step of stepsAfter(state, appealed))
      walk(stateAfter(step), appealed || step === "appeal", depth + 1);
  };
  walk("open", false, 0);
});
