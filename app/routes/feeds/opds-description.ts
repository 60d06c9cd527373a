import type { LoaderFunctionArgs } from "@remix-run/node";
import { openSearchDescription, openSearchType } from "#domain/feeds/opds1.ts";
import { sendFeed } from "./send-feed.server.ts";
import { shopFeedAt } from "./shop-feed.server.ts";

/** How other programmes ask our search (OpenSearch 1.1). */
export function loader({ request, context }: LoaderFunctionArgs) {
  const body = openSearchDescription(shopFeedAt(request, context));
  return sendFeed(request, { body, type: openSearchType, maxAge: 86_400 });
}
