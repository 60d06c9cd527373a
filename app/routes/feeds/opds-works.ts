import type { LoaderFunctionArgs } from "@remix-run/node";
import { opdsAcquisition, opdsWorks } from "#domain/feeds/opds1.ts";
import { sendFeed } from "./send-feed.server.ts";
import { readShopFeed } from "./shop-feed.server.ts";

/** A page of works with prices and excerpts (OPDS 1.2). */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const feed = await readShopFeed(request, context);
  return sendFeed(request, { body: opdsWorks(feed), type: opdsAcquisition, updatedAt: feed.updatedAt });
}
