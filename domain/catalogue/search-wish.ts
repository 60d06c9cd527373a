/** What somebody wishes to find. Everything is optional but the language in which they read. */
export type Wish = {
  q?: string;
  kind?: "book" | "album";
  /** Slug of a co-op. */
  coop?: string;
  /** Primary language, `fr`. */
  language?: string;
  /** Only what may be had for nothing. */
  free?: boolean;
  /** A subject, as its label says it, whatever its accents. */
  subject?: string;
  /** `rank` only where words are asked; it is what is meant then where nothing is said. */
  sort?: Sort;
  /** Where the page before ended: the `next` that came with it. Anything else is as if it were not there. */
  after?: string;
  /** The reader's language: at equal rank its works come first. */
  locale: "fr" | "en";
};

export type Sort = "rank" | "newest" | "title" | "price";
export const sorts: readonly Sort[] = ["rank", "newest", "title", "price"];

/** How the works of one sort are counted: by everything that one may choose, so that the choices combine. */
export type CountRow = {
  kind: "book" | "album";
  coopId: string;
  language: string;
  free: boolean;
  works: number;
};

/** How many works there would be for each choice, the other choices being as they are; those without any are left out. */
export type Facets = {
  kinds: { book: number; album: number };
  coops: Map<string, number>;
  languages: Map<string, number>;
  free: number;
};

type Chosen = {
  kind?: string | undefined;
  coopId?: string | undefined;
  language?: string | undefined;
  free?: boolean | undefined;
};

/** Counts for each choice out of the same rows; `total` is how many answer all that is chosen. */
export function facetsOf(rows: readonly CountRow[], chosen: Chosen): Facets & { total: number } {
  const facets = {
    kinds: { book: 0, album: 0 },
    coops: new Map<string, number>(),
    languages: new Map<string, number>(),
    free: 0,
    total: 0,
  };
  for (const row of rows) {
    const fits = {
      kind: chosen.kind === undefined || row.kind === chosen.kind,
      coop: chosen.coopId === undefined || row.coopId === chosen.coopId,
      language: chosen.language === undefined || row.language === chosen.language,
      free: !chosen.free || row.free,
    };
    const { works } = row;
    if (fits.coop && fits.language && fits.free) facets.kinds[row.kind] += works;
    if (fits.kind && fits.language && fits.free && works > 0)
      facets.coops.set(row.coopId, (facets.coops.get(row.coopId) ?? 0) + works);
    if (fits.kind && fits.coop && fits.free && row.language !== "" && works > 0)
      facets.languages.set(row.language, (facets.languages.get(row.language) ?? 0) + works);
    if (fits.kind && fits.coop && fits.language && row.free) facets.free += works;
    if (fits.kind && fits.coop && fits.language && fits.free) facets.total += works;
  }
  return facets;
}

/** The choices as a query of PostgreSQL over the signs that `shelf_signs` puts among the words of a work; null where all may come. */
export function signsOf(wish: Pick<Wish, "kind" | "language" | "free">, coopId?: string): string | null {
  const signs = [
    ...(wish.kind ? [`kind=${wish.kind}`] : []),
    ...(coopId ? [`coop=${coopId}`] : []),
    ...(wish.language ? [`lang=${wish.language}`] : []),
    ...(wish.free ? ["price=none"] : []),
  ];
  return signs.length > 0 ? signs.map((sign) => `'${sign}'`).join(" & ") : null;
}

const cursors: Record<Sort, RegExp> = {
  rank: /^\d+(?:\.\d+)?(?:e-?\d+)?$/,
  newest: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/,
  title: /^[^\0]{0,120}$/,
  price: /^\d{1,9}$/,
};

/** Where the page before ended: what its last work was sorted by, and its id; null for the first page. */
export function cursorOf(sort: Sort, after: string | undefined): { key: string; id: string } | null {
  const [, key, id] =
    /^([\s\S]*)~([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/.exec(after ?? "") ?? [];
  return key !== undefined && id !== undefined && cursors[sort].test(key) ? { key, id } : null;
}
