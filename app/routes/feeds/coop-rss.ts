import type { LoaderFunctionArgs } from "@remix-run/node";
import { missing } from "#app/http/door.server.ts";
import { coopRss, rssType } from "#domain/feeds/podcast-rss.ts";
import { newestRecords } from "#domain/feeds/shelf-queries.server.ts";
import { feedsWords } from "#i18n/feeds.ts";
import { localeOf } from "#i18n/locale.ts";
import { addressesAt } from "#i18n/paths.ts";
import { latest, sendFeed } from "./send-feed.server.ts";

/** More than any co-op has made yet; whoever wants older ones has the catalogue. */
const mostWorks = 500;

/** A co-op as the publisher of its albums, for players of podcasts and music. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const coop = await newestRecords(context.db, { coop: params.slug ?? "" }, mostWorks);
  if (!coop) throw missing();
  const locale = localeOf(new URL(request.url).pathname);
  const address = addressesAt(context.house.settings.publicUrl);
  return sendFeed(request, {
    body: coopRss(coop, { address, locale, words: feedsWords(locale).rss }),
    type: rssType,
    updatedAt: latest(coop.works),
  });
}
