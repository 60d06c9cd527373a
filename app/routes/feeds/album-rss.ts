import type { LoaderFunctionArgs } from "@remix-run/node";
import { missing } from "#app/http/door.server.ts";
import { albumRss, rssType } from "#domain/feeds/podcast-rss.ts";
import { findRecord } from "#domain/feeds/record.server.ts";
import { feedsWords } from "#i18n/feeds.ts";
import { localeOf } from "#i18n/locale.ts";
import { addressesAt } from "#i18n/paths.ts";
import { sendFeed } from "./send-feed.server.ts";

/** An album for players of podcasts and music: what may be heard before buying. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const work = await findRecord(context.db, { slug: params.slug ?? "" });
  if (work?.kind !== "album") throw missing();
  const locale = localeOf(new URL(request.url).pathname);
  const address = addressesAt(context.house.settings.publicUrl);
  return sendFeed(request, {
    body: albumRss(work, { address, locale, words: feedsWords(locale).rss }),
    type: rssType,
    updatedAt: work.updatedAt,
  });
}
