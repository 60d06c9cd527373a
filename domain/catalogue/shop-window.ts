/** What the front page puts where. Pure: the page and the measure of what it shows first read the same. */

/** The newest of each kind that the front page asks for. */
export const onTheFrontPage = 9;

/** The newest works → five in the window, books and albums mixed, and six more of each kind below; each shown once. */
export function shopWindow<W extends { kind: "book" | "album" }>(
  newest: readonly W[],
): { window: W[]; books: W[]; albums: W[] } {
  const of = (kind: "book" | "album") => newest.filter((work) => work.kind === kind);
  const mixed = [...of("book").slice(0, 3), ...of("album").slice(0, 2)];
  const window = [...mixed, ...newest.filter((work) => !mixed.includes(work))].slice(0, 5);
  const later = (kind: "book" | "album") =>
    of(kind)
      .filter((work) => !window.includes(work))
      .slice(0, 6);
  return { window, books: later("book"), albums: later("album") };
}
