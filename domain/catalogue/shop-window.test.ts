import { expect, it } from "vitest";
import { shopWindow, worksOnFront } from "./shop-window.ts";

const works = (kind: "book" | "album", n: number) =>
  Array.from({ length: n }, (_, i) => ({ kind, id: `${kind} ${i}` }));

it("mixes three books and two albums in the window, and shows each work once", () => {
  const { window, books, albums } = shopWindow([...works("book", 9), ...works("album", 9)]);
  expect(window.map(({ id }) => id)).toEqual(["book 0", "book 1", "book 2", "album 0", "album 1"]);
  expect([books.length, albums.length]).toEqual([6, 6]);
  expect(new Set([...window, ...books, ...albums]).size).toBe(17);
});

it("fills the window with what there is", () => {
  expect(shopWindow(works("album", 7)).window).toHaveLength(5);
  expect(shopWindow([])).toEqual({ window: [], books: [], albums: [] });
});

it("measures the page as it was composed, or as it is when nobody composed it", () => {
  const newest = [...works("book", 9), ...works("album", 9)];
  const ids = (shelves: { id: string }[][]) => shelves.map((shelf) => shelf.length);
  expect(ids(worksOnFront(newest, []))).toEqual([5, 6, 6]);
  const picked = { kind: "book" as const, id: "picked" };
  const composed = worksOnFront(newest, [
    { kind: "pick", collection: null, work: picked },
    { kind: "coops", collection: null, work: null },
    { kind: "books", collection: null, work: null },
    { kind: "collection", collection: { works: [picked] }, work: null },
  ]);
  expect(composed.map((shelf) => shelf[0]?.id)).toEqual(["picked", "book 0", "picked"]);
});
