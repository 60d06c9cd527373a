import { expect, it } from "vitest";
import { mergeObstacle, type WorkSide } from "./merge-obstacle.ts";

const side = (id: string, over: Partial<WorkSide> = {}): WorkSide => ({
  id,
  coopId: "a",
  kind: "book",
  state: "published",
  everPublished: true,
  language: "fr-CA",
  currency: "cad",
  shares: [{ memberId: "ana", parts: 1 }],
  poolDue: 0,
  underway: 0,
  mergedInto: null,
  ...over,
});
const two = [
  { memberId: "ana", parts: 50 },
  { memberId: "ben", parts: 50 },
];

it("joins two books of one co-op, one language and one sharing, however that is written", () => {
  expect(mergeObstacle(side("1"), side("2", { language: "fr" }))).toBeNull();
  expect(mergeObstacle(side("1"), side("2", { language: null, state: "draft", shares: [] }))).toBeNull();
  const ones = two.map((each) => ({ ...each, parts: 1 })).toReversed();
  expect(
    mergeObstacle(
      side("1", { shares: two }),
      side("2", { shares: [...ones, { memberId: "eve", parts: 0 }] }),
    ),
  ).toBeNull();
});

it.each([
  ["merge_coops", {}, { coopId: "b" }],
  ["merge_albums", { kind: "album" }, { kind: "album" }],
  ["merge_languages", {}, { language: "en" }],
  ["merge_unpublished", { state: "draft", everPublished: false }, {}],
  ["merge_unpublished", { state: "withdrawn" }, { state: "withdrawn" }],
  ["merge_underway", {}, { underway: 1 }],
  ["merge_currencies", {}, { currency: "eur" }],
  ["merge_expenses", {}, { poolDue: 1 }],
  ["merge_shares", {}, { shares: two }],
  [
    "merge_shares",
    { shares: two },
    {
      shares: [
        { memberId: "ana", parts: 1 },
        { memberId: "ben", parts: 2 },
      ],
    },
  ],
  ["merge_shares", { shares: [] }, {}],
  ["work_merged", {}, { mergedInto: "3" }],
] as const)("says %s", (code, kept, gone) => {
  expect(mergeObstacle(side("1", kept as Partial<WorkSide>), side("2", gone as Partial<WorkSide>))).toBe(
    code,
  );
});
