import type { LoaderFunctionArgs } from "@remix-run/node";
import { missing } from "#app/http/door.server.ts";
import { opds2Publication, opds2PublicationType } from "#domain/feeds/opds2.ts";
import { findRecord } from "#domain/feeds/record.server.ts";
import { sendFeed } from "./send-feed.server.ts";
import { shopFeedAt } from "./shop-feed.server.ts";

/** One work as OPDS 2.0 knows it. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const work = await findRecord(context.db, { slug: params.slug ?? "" });
  if (!work) throw missing();
  return sendFeed(request, {
    body: JSON.stringify(opds2Publication(work, shopFeedAt(request, context))),
    type: opds2PublicationType,
    updatedAt: work.updatedAt,
  });
}
