import { type FrontKind, plainKinds } from "./front-sections.ts";

/** What the front page puts where. Pure: the page and the measure of what it shows first read the same. */

/** The newest of each kind that the front page asks for. */
export const onTheFrontPage = 9;

/**
 * The newest works → five in the window, books and albums mixed, and six more of each kind below; each shown once. `withWindow` false: a
 * page without a window, whose shelves begin with the newest.
 */
export function shopWindow<W extends { kind: "book" | "album" }>(
  newest: readonly W[],
  withWindow = true,
): { window: W[]; books: W[]; albums: W[] } {
  const of = (kind: "book" | "album") => newest.filter((work) => work.kind === kind);
  const mixed = [...of("book").slice(0, 3), ...of("album").slice(0, 2)];
  const window = withWindow ? [...mixed, ...newest.filter((work) => !mixed.includes(work))].slice(0, 5) : [];
  const later = (kind: "book" | "album") =>
    of(kind)
      .filter((work) => !window.includes(work))
      .slice(0, 6);
  return { window, books: later("book"), albums: later("album") };
}

type Shelf<W> = { kind: FrontKind; collection: { works: W[] } | null; work: W | null };

/** The works that the front page shows, section by section, from its top; without sections, as nobody composed it. */
export function worksOnFront<W extends { kind: "book" | "album" }>(
  newest: readonly W[],
  sections: readonly Shelf<W>[],
): W[][] {
  const shelves = shopWindow(newest, sections.length === 0 || sections.some(({ kind }) => kind === "newest"));
  const of = (kind: FrontKind): W[] =>
    ({ newest: shelves.window, books: shelves.books, albums: shelves.albums })[kind as "newest"] ?? [];
  const shown: readonly Pick<Shelf<W>, "kind">[] =
    sections.length === 0 ? plainKinds.map((kind) => ({ kind })) : sections;
  return shown
    .map((section): W[] => {
      const { collection, work } = section as Partial<Shelf<W>>;
      return collection?.works ?? (work ? [work] : of(section.kind));
    })
    .filter((works) => works.length > 0);
}
