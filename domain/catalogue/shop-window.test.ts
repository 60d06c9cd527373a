import { expect, it } from "vitest";
import { shopWindow } from "./shop-window.ts";

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
