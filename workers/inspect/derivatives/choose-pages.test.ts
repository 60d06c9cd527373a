import fc from "fast-check";
import { expect, it } from "vitest";
import { choosePages } from "./choose-pages.ts";

const text = (words: number, skip = false) => ({ words, images: 0, skip });

it("shows a tenth, ending where a chapter ends", () => {
  const twenty = Array.from({ length: 20 }, () => text(1_000));
  expect(choosePages(twenty)).toEqual([{ index: 0 }, { index: 1 }]);
});

it("skips cover and contents, and gives the first real chapter after short front matter", () => {
  expect(
    choosePages([
      text(0),
      text(5, true),
      text(40),
      text(3_000),
      ...Array.from({ length: 6 }, () => text(3_000)),
    ]),
  ).toEqual([{ index: 2 }, { index: 3 }]);
});

it("cuts a chapter that would give the book away", () => {
  expect(choosePages([text(10_000)])).toEqual([{ index: 0, upTo: 1_000 }]);
  expect(choosePages([text(100), text(6_000), text(4_000)])).toEqual([{ index: 0 }, { index: 1, upTo: 910 }]);
});

it("counts pages of a book of pictures", () => {
  expect(choosePages(Array.from({ length: 40 }, () => ({ words: 2, images: 1, skip: false })))).toHaveLength(
    4,
  );
});

it("never shows more than a fifth, and always something", () => {
  const book = fc.array(
    fc.record({ words: fc.integer({ min: 0, max: 9_000 }), images: fc.nat(3), skip: fc.boolean() }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(book, (documents) => {
      const readable = documents.filter(({ skip, words, images }) => !skip && words + images > 0);
      const total = readable.reduce((sum, { words }) => sum + words, 0);
      const chosen = choosePages(documents);
      expect(chosen.length > 0).toBe(readable.length > 0);
      if (total < readable.length * 20) return;
      const shown = chosen.reduce((sum, { index, upTo }) => sum + (upTo ?? documents[index]?.words ?? 0), 0);
      expect(shown).toBeLessThanOrEqual(Math.max(total * 0.2, 1));
    }),
  );
});
