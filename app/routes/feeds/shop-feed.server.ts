import type { AppLoadContext } from "@remix-run/node";
import { z } from "zod";
import type { FeedLocale } from "#domain/feeds/addresses.ts";
import { cursorOf } from "#domain/feeds/cursor.ts";
import { type ShelfWish, searchShelf, shelfPage } from "#domain/feeds/shelf-queries.server.ts";
import type { ShopFeed } from "#domain/feeds/shop-feed.ts";
import { feedsWords } from "#i18n/feeds.ts";
import { language } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { addressesAt } from "#i18n/paths.ts";

const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(100);
const wishShape = z.object({
  kind: z.enum(["book", "album"]).optional().catch(undefined),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .optional()
    .catch(undefined),
  coop: slug.optional().catch(undefined),
  agent: slug.optional().catch(undefined),
  free: z
    .literal("1")
    .transform(() => true)
    .optional()
    .catch(undefined),
});

const perPage = 25;
/** Of the list of everything: a machine that keeps a copy asks as seldom as it can. */
const perCrawledPage = 100;

/** Where and in which language a feed is asked for, and its words. */
export function shopFeedAt(request: Request, { house }: Pick<AppLoadContext, "house">) {
  const url = new URL(request.url);
  const locale: FeedLocale = localeOf(url.pathname);
  const words = feedsWords(locale);
  return {
    ...{ url, locale },
    address: addressesAt(house.settings.publicUrl),
    words: { ...words.opds, language: (tag: string) => language(locale, tag) },
  };
}

/** The page of works that an address asks for: all, some of them, what a search finds, or everything for who keeps a copy. */
export async function readShopFeed(
  request: Request,
  context: Pick<AppLoadContext, "db" | "house">,
  { limit }: { limit?: number } = {},
): Promise<ShopFeed> {
  const { url, ...at } = shopFeedAt(request, context);
  const asked = url.searchParams;
  const words = ["query", "title", "author"]
    .map((name) => asked.get(name)?.trim() ?? "")
    .filter((each) => each !== "" && !/^\{.*\}$/.test(each))
    .join(" ")
    .replaceAll("\0", "");
  const crawled = asked.get("all") === "1";
  if (words !== "") {
    const { works, total } = await searchShelf(context.db, { words, locale: at.locale });
    return {
      ...{ ...at, works, total, searched: words, wish: {}, page: 1, crawled: false },
      title: at.words.found(words),
      perPage: Math.max(works.length, 1),
      updatedAt: works.reduce<string | null>(
        (newest, { updatedAt }) => (newest && newest > updatedAt ? newest : updatedAt),
        null,
      ),
      ...{ cursor: null, next: null, previous: null, facets: null },
    };
  }
  const wish: ShelfWish = crawled ? {} : wishShape.parse(Object.fromEntries(asked));
  const cursor = cursorOf(asked.get("from"));
  const size = limit ?? (crawled ? perCrawledPage : perPage);
  const found = await shelfPage(context.db, wish, { cursor, limit: size, count: !crawled });
  return {
    ...{ ...at, ...found, wish, cursor, crawled, searched: null, perPage: size },
    title: titleOf(wish, found, at.words, crawled),
  };
}

function titleOf(
  wish: ShelfWish,
  { facets }: Pick<ShopFeed, "facets">,
  words: ShopFeed["words"],
  crawled: boolean,
): string {
  if (crawled) return words.all;
  const coop = facets?.coop.find(({ value }) => value === wish.coop);
  const parts = [
    wish.kind && words.kinds[wish.kind],
    coop?.name,
    wish.language && words.language(wish.language),
    wish.free && words.free,
  ].filter((part) => part);
  return parts.length > 0 ? parts.join(" · ") : words.newest;
}
