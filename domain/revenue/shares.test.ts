import { expect, test } from "vitest";
import { keepsAcceptance, shareList } from "./shares.ts";

const ana = "0199d5a2-0000-7000-8000-00000000000a";
const benoit = "0199d5a2-0000-7000-8000-00000000000b";
const list = (a: number, b: number) => [
  { memberId: ana, parts: a },
  { memberId: benoit, parts: b },
];

test("whole parts, not all 0, each member once", () => {
  expect(shareList.safeParse(list(50, 0)).success).toBe(true);
  expect(shareList.safeParse(list(0, 0)).success).toBe(false);
  expect(shareList.safeParse(list(1.5, 1)).success).toBe(false);
  expect(shareList.safeParse(list(-1, 2)).success).toBe(false);
  expect(shareList.safeParse([]).success).toBe(false);
  expect(shareList.safeParse([...list(1, 1), { memberId: ana, parts: 1 }]).success).toBe(false);
});

test("a member is asked again only where their fraction shrinks", () => {
  expect(keepsAcceptance(list(50, 50), list(1, 1), ana)).toBe(true);
  expect(keepsAcceptance(list(50, 50), list(60, 40), ana)).toBe(true);
  expect(keepsAcceptance(list(50, 50), list(60, 40), benoit)).toBe(false);
  expect(keepsAcceptance([{ memberId: ana, parts: 1 }], list(1, 1), benoit)).toBe(false);
});
