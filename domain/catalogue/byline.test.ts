import { expect, test } from "vitest";
import { byline, creditsByPerson } from "./byline.ts";

const ana = { slug: "ana", name: "Ana" };
const ben = { slug: "ben", name: "Ben" };

test("a book is its authors', an album its performers', each named once", () => {
  const credits = [
    { ...ben, role: "editor" },
    { ...ana, role: "author" },
    { ...ana, role: "illustrator" },
  ];
  expect(byline("book", credits)).toEqual([ana]);
  expect(
    byline("album", [
      { ...ana, role: "composer" },
      { ...ben, role: "performer" },
      { ...ben, role: "performer" },
    ]),
  ).toEqual([ben]);
});

test("where nobody leads, everybody is named", () => {
  expect(byline("album", [{ ...ana, role: "contributor" }])).toEqual([ana]);
  expect(byline("book", [])).toEqual([]);
});

test("credits gather the roles of a person", () => {
  expect(
    creditsByPerson([
      { ...ana, role: "composer" },
      { ...ben, role: "mixer" },
      { ...ana, role: "performer" },
      { ...ana, role: "performer" },
    ]),
  ).toEqual([
    { ...ana, roles: ["composer", "performer"] },
    { ...ben, roles: ["mixer"] },
  ]);
});
