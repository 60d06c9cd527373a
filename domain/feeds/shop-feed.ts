import type { AddressOf, FeedLocale } from "./addresses.ts";
import { type Cursor, cursorText } from "./cursor.ts";
import type { FeedWork } from "./feed-work.ts";
import type { OpdsWords } from "./opds-words.ts";
import type { Facets, ShelfWish } from "./shelf-queries.server.ts";

/** How a page of works names itself and the pages beside it; the same in both versions of OPDS. */
export type ShopFeed = {
  locale: FeedLocale;
  address: AddressOf;
  words: OpdsWords;
  title: string;
  works: FeedWork[];
  /** Null where it was not counted. */
  total: number | null;
  perPage: number;
  page: number;
  updatedAt: string | null;
  /** What was asked: in the address of this page, of its neighbours and of its facets. */
  wish: ShelfWish;
  searched: string | null;
  cursor: Cursor | null;
  next: Cursor | null;
  previous: Cursor | null;
  facets: Facets | null;
  /** A list of everything, for machines that keep a copy. */
  crawled: boolean;
};

/** No work yet: the feed is as old as time. */
export const never = new Date(0).toISOString();

/** The address of a page of works. */
export function shelfAddress(
  { address, locale, crawled }: Pick<ShopFeed, "address" | "locale" | "crawled">,
  version: "opdsWorks" | "opds2Works",
  wish: ShelfWish,
  more: { cursor?: Cursor | null; searched?: string | null } = {},
): string {
  return address(
    version,
    locale,
    {},
    {
      kind: wish.kind,
      language: wish.language,
      coop: wish.coop,
      agent: wish.agent,
      free: wish.free ? 1 : null,
      query: more.searched,
      all: crawled ? 1 : null,
      from: more.cursor ? cursorText(more.cursor) : null,
    },
  );
}

export type FacetLink = { group: string; title: string; href: string; count: number; active: boolean };

/** What narrows this page, group by group; a chosen one leads to the same page without it. */
export function facetLinks(feed: ShopFeed, version: "opdsWorks" | "opds2Works"): FacetLink[] {
  const { facets, words, wish } = feed;
  if (!facets) return [];
  const link = (
    group: keyof OpdsWords["facets"],
    title: string,
    count: number,
    active: boolean,
    chosen: ShelfWish,
  ): FacetLink => ({
    group: words.facets[group],
    title,
    count,
    active,
    href: shelfAddress(feed, version, { ...wish, ...chosen }),
  });
  return [
    ...facets.kind.map(({ value, count }) => {
      const active = wish.kind === value;
      return link("kind", words.kinds[value], count, active, { kind: active ? undefined : value });
    }),
    ...facets.language.map(({ value, count }) => {
      const active = wish.language === value;
      return link("language", words.language(value), count, active, { language: active ? undefined : value });
    }),
    ...facets.coop.map(({ value, name, count }) => {
      const active = wish.coop === value;
      return link("coop", name, count, active, { coop: active ? undefined : value });
    }),
    link("price", words.free, facets.free.count, wish.free === true, {
      free: wish.free ? undefined : true,
    }),
  ].filter(({ count, active }) => count > 0 || active);
}

/** What one may read or hear before buying: a book's excerpt, the first piece of an album. */
export function sampleOf(work: FeedWork, address: AddressOf, locale: FeedLocale) {
  if (work.sampleEpub)
    return { href: address("media", locale, { id: work.sampleEpub.id }), type: "application/epub+zip" };
  const heard = work.tracks.find(({ preview }) => preview)?.preview;
  if (heard) return { href: address("media", locale, { id: heard.id }), type: heard.type };
  if (work.samplePages > 0)
    return { href: address("sample", locale, { slug: work.slug }), type: "text/html" };
  return null;
}

/** The media types that a buyer receives, each once. */
export const typesOf = (work: FeedWork): string[] => [
  ...new Set(work.editions.flatMap(({ types }) => types)),
];
