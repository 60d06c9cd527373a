import { expect, it } from "vitest";
import { type CheckFacts, checksOf } from "./checks.ts";

const whole: CheckFacts = {
  kind: "book",
  title: "Fil d’eau",
  language: "fr",
  descriptionLength: 400,
  subjects: 2,
  people: 1,
  hasCover: true,
  files: 1,
  warnings: 0,
  tracks: 0,
  tracksWithPreview: 0,
  samples: 1,
  sharers: 2,
  accepted: 2,
  hasRule: true,
  price: 1200,
  priceKind: "fixed",
};
const states = (facts: CheckFacts) =>
  Object.fromEntries(
    checksOf(facts)
      .filter(({ state }) => state !== "good")
      .map(({ code, state }) => [code, state]),
  );

it("has nothing to say of a whole record", () => {
  expect(states(whole)).toEqual({});
});

it("keeps out what could not be sold, and only asks to look at the rest", () => {
  expect(states({ ...whole, title: " ", files: 0, sharers: 0, accepted: 0, hasRule: false })).toEqual({
    title: "missing",
    files: "missing",
    shares: "missing",
    rule: "missing",
  });
  expect(states({ ...whole, hasCover: false, warnings: 2, accepted: 1, descriptionLength: 20 })).toEqual({
    cover: "look",
    file_warnings: "look",
    shares_accepted: "look",
    description: "look",
  });
});

it("wants no rule for a free work, and a preview of every track of an album", () => {
  expect(states({ ...whole, price: 0, hasRule: false })).toEqual({ price: "look" });
  expect(states({ ...whole, kind: "album", files: 3, tracks: 3, tracksWithPreview: 2 })).toEqual({
    sample: "look",
  });
});
