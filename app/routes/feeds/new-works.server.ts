import type { LoaderFunctionArgs } from "@remix-run/node";
import { movedOrMissing } from "#app/http/moved.server.ts";
import { movedAgent } from "#domain/catalogue/moved-queries.server.ts";
import { atomType, newWorksAtom } from "#domain/feeds/atom.ts";
import { newestRecords } from "#domain/feeds/shelf-queries.server.ts";
import { feedsWords } from "#i18n/feeds.ts";
import { localeOf } from "#i18n/locale.ts";
import { addressesAt, pathTo } from "#i18n/paths.ts";
import { latest, sendFeed } from "./send-feed.server.ts";

const worksInFeed = 50;

/** The newest works of the shop, of a co-op or of a person as an Atom feed; 404 where there is no such co-op or person. */
export async function sendNewWorks(
  { request, params, context }: LoaderFunctionArgs,
  of: "shop" | "coop" | "agent",
): Promise<Response> {
  const slug = params.slug ?? "";
  const locale = localeOf(new URL(request.url).pathname);
  const words = feedsWords(locale);
  const address = addressesAt(context.house.settings.publicUrl);
  const found = await newestRecords(
    context.db,
    of === "shop" ? null : of === "coop" ? { coop: slug } : { agent: slug },
    worksInFeed,
  );
  // Nobody is told of a person whom no published work names.
  if (!found || (of === "agent" && found.works.length === 0))
    throw await movedOrMissing(
      of === "agent" ? movedAgent(context.db, { slug }) : Promise.resolve(null),
      (to) => pathTo("atomAgent", locale, { slug: to.slug }),
    );
  const [self, page] =
    of === "shop"
      ? [address("atom", locale), address("home", locale)]
      : of === "coop"
        ? [address("atomCoop", locale, { slug }), address("coop", locale, { slug })]
        : [address("atomAgent", locale, { slug }), address("agent", locale, { slug })];
  const title = of === "shop" ? `${words.site} · ${words.newWorks}` : words.newWorksOf(found.name);
  return sendFeed(request, {
    body: newWorksAtom({ works: found.works, title, self, page, locale, address }),
    type: atomType,
    updatedAt: latest(found.works),
  });
}
