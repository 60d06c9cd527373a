import type { LoaderFunctionArgs } from "@remix-run/node";
import { missing } from "#app/http/door.server.ts";
import { pageOf, sitemapOf } from "#domain/feeds/sitemap.ts";
import { type SitemapKind, sitemapEntries } from "#domain/feeds/sitemap-queries.server.ts";
import type { Locale } from "#i18n/locale.ts";
import { addressesAt } from "#i18n/paths.ts";
import { sendFeed } from "./send-feed.server.ts";

const shape =
  /^(?:(pages)-(fr|en)|(books|albums|people|coops)-(fr|en)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))\.xml$/;
const pages = ["home", "browse", "coops", "about"] as const;

/** One file of the map: the addresses of a type in a language, each with its twin in the other. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const [, fixed, fixedLocale, kind, locale, from] = shape.exec(params.file ?? "") ?? [];
  const address = addressesAt(context.house.settings.publicUrl);
  if (fixed) {
    const entries = pages.map((name) => ({ name, updatedAt: null }));
    const body = sitemapOf(entries, fixedLocale as Locale, ({ name }, to) => address(name, to));
    return sendFeed(request, { body, type: "application/xml" });
  }
  if (!kind || !from) throw missing();
  const page = pageOf[kind as SitemapKind];
  const entries = await sitemapEntries(context.db, { kind: kind as SitemapKind, from });
  if (entries.length === 0) throw missing();
  const body = sitemapOf(entries, locale as Locale, ({ slug }, to) => address(page, to, { slug }));
  return sendFeed(request, { body, type: "application/xml" });
}
