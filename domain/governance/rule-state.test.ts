import { expect, test } from "vitest";
import { ruleStates } from "./rule-state.ts";

const version = (id: string, from: string, voted: string | null, withdrawn: string | null = null) => ({
  id,
  inForceFrom: new Date(from),
  votedAt: voted === null ? null : new Date(voted),
  withdrawnAt: withdrawn === null ? null : new Date(withdrawn),
});

test("a version whose vote is open at its planned effect is late, and the one before it stays in force", () => {
  const versions = [
    version("next", "2026-09-01", "2026-06-20"),
    version("late", "2026-07-01", null),
    version("R1", "2026-01-01", "2025-12-10"),
    version("R0", "2025-01-01", "2024-12-10"),
    version("open", "2026-08-15", null),
    version("taken back", "2026-07-15", null, "2026-06-01"),
  ];
  const states = ruleStates(versions, new Date("2026-08-01"));
  expect(Object.fromEntries([...states].map(([id, { state }]) => [id, state]))).toEqual({
    next: "coming",
    late: "late",
    R1: "in_force",
    R0: "past",
    open: "proposed",
    "taken back": "withdrawn",
  });
  expect(states.get("R1")?.inForceUntil).toEqual(new Date("2026-09-01"));
  expect(ruleStates(versions, new Date("2026-09-01")).get("R1")?.state).toBe("past");
  expect(ruleStates(versions, new Date("2026-09-01")).get("next")?.state).toBe("in_force");
});
