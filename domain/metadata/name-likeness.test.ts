import { expect, it } from "vitest";
import { nameLikeness } from "./name-likeness.ts";

it.each([
  ["Éloïse Tremblay-Côté", "eloise tremblay cote", "same"],
  ["Roy, Ana", "Ana Roy", "same"],
  ["J. Verne", "Jules Verne", "initials"],
  ["Verne, J.", "Jules Verne", "initials"],
  ["Gabriel Tessier", "Gabrielle Tessier", null],
  ["Maude Tessier-Roi", "Maude Tessier-Roy", null],
  ["Catherine Bélanger", "Cathrine Belanger", "spelling"],
  ["Wilhem Storitz", "Wilhelm Storitz", "spelling"],
  ["Ana Roy", "Ana Rey", null],
  ["Ana Roy", "Ben Roy", null],
  ["A. R.", "Ana Roy", null],
  ["Ana Roy", "Ana Roy Côté", null],
  ["", "Ana", null],
] as const)("%s and %s: %s", (one, other, likeness) => {
  expect(nameLikeness(one, other)).toBe(likeness);
  expect(nameLikeness(other, one)).toBe(likeness);
});
