import type { LoaderFunctionArgs } from "@remix-run/node";
import { movedOrMissing } from "#app/http/moved.server.ts";
import { movedWork } from "#domain/catalogue/moved-queries.server.ts";
import { opds2Publication, opds2PublicationType } from "#domain/feeds/opds2.ts";
import { findRecord } from "#domain/feeds/record.server.ts";
import { localeOf } from "#i18n/locale.ts";
import { pathTo } from "#i18n/paths.ts";
import { sendFeed } from "./send-feed.server.ts";
import { shopFeedAt } from "./shop-feed.server.ts";

/** One work as OPDS 2.0 knows it. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const slug = params.slug ?? "";
  const work = await findRecord(context.db, { slug });
  if (!work) {
    const locale = localeOf(new URL(request.url).pathname);
    throw await movedOrMissing(movedWork(context.db, { slug }), (to) =>
      pathTo("opds2Work", locale, { slug: to.slug }),
    );
  }
  return sendFeed(request, {
    body: JSON.stringify(opds2Publication(work, shopFeedAt(request, context))),
    type: opds2PublicationType,
    updatedAt: work.updatedAt,
  });
}
