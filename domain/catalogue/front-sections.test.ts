import { expect, it } from "vitest";
import { canBeFront, mostSections, moved, ordered } from "./front-sections.ts";

it("takes a page whose sections each show something, once", () => {
  expect(canBeFront([])).toBe(true);
  expect(canBeFront([{ kind: "newest" }, { kind: "pick", workId: "a" }, { kind: "pick", workId: "b" }])).toBe(
    true,
  );
  expect(canBeFront([{ kind: "newest" }, { kind: "newest" }])).toBe(false);
  expect(canBeFront([{ kind: "collection" }])).toBe(false);
  expect(
    canBeFront([
      { kind: "coop", coopId: "a" },
      { kind: "coop", coopId: "a" },
    ]),
  ).toBe(false);
  const many = Array.from({ length: mostSections + 1 }, (_, i) => ({
    kind: "pick" as const,
    workId: `${i}`,
  }));
  expect(canBeFront(many)).toBe(false);
});

it("moves one place, and not beyond the ends", () => {
  expect(moved(["a", "b", "c"], 1, "up")).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], 1, "down")).toEqual(["a", "c", "b"]);
  expect(moved(["a", "b", "c"], 0, "up")).toEqual(["a", "b", "c"]);
  expect(moved(["a", "b", "c"], 2, "down")).toEqual(["a", "b", "c"]);
  expect(moved(["a", "b", "c"], 1, "out")).toEqual(["a", "c"]);
  expect(moved(["a"], 7, "out")).toEqual(["a"]);
});

it("loses nothing of a list that was dragged while another added to it", () => {
  expect(ordered(["a", "b", "c"], ["c", "x", "a", "c"], (each) => each)).toEqual(["c", "a", "b"]);
});
