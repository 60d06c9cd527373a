import type { LoaderFunctionArgs } from "@remix-run/node";
import { opds2Type, opds2Works } from "#domain/feeds/opds2.ts";
import { sendFeed } from "./send-feed.server.ts";
import { readShopFeed } from "./shop-feed.server.ts";

/** A page of works with prices and excerpts (OPDS 2.0). */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const feed = await readShopFeed(request, context);
  return sendFeed(request, {
    body: JSON.stringify(opds2Works(feed)),
    type: opds2Type,
    updatedAt: feed.updatedAt,
  });
}
