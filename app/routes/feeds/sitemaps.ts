import type { LoaderFunctionArgs } from "@remix-run/node";
import { sitemapIndex } from "#domain/feeds/sitemap.ts";
import { sitemapFiles } from "#domain/feeds/sitemap-queries.server.ts";
import { addressesAt } from "#i18n/paths.ts";
import { sendFeed } from "./send-feed.server.ts";

/** The map of the site: one file for each type and language, with when what it lists last changed. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const files = await sitemapFiles(context.db);
  return sendFeed(request, {
    body: sitemapIndex(files, addressesAt(context.house.settings.publicUrl)),
    type: "application/xml",
    updatedAt: files.reduce<Date | null>(
      (newest, { updatedAt }) => (newest && newest > updatedAt ? newest : updatedAt),
      null,
    ),
  });
}
