import type { LoaderFunctionArgs } from "@remix-run/node";
import { opdsNavigation, opdsRoot } from "#domain/feeds/opds1.ts";
import { sendFeed } from "./send-feed.server.ts";
import { readShopFeed } from "./shop-feed.server.ts";

/** The door of the catalogue for reading applications (OPDS 1.2). */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const feed = await readShopFeed(request, context, { limit: 1 });
  return sendFeed(request, { body: opdsRoot(feed), type: opdsNavigation, updatedAt: feed.updatedAt });
}
