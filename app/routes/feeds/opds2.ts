import type { LoaderFunctionArgs } from "@remix-run/node";
import { opds2Root, opds2Type } from "#domain/feeds/opds2.ts";
import { sendFeed } from "./send-feed.server.ts";
import { readShopFeed } from "./shop-feed.server.ts";

/** The door of the catalogue for reading applications (OPDS 2.0). */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const feed = await readShopFeed(request, context, { limit: 6 });
  return sendFeed(request, {
    body: JSON.stringify(opds2Root(feed)),
    type: opds2Type,
    updatedAt: feed.updatedAt,
  });
}
