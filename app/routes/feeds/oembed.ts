import type { LoaderFunctionArgs } from "@remix-run/node";
import { missing } from "#app/http/door.server.ts";
import { byline } from "#domain/catalogue/byline.ts";
import { oembedOf } from "#domain/feeds/oembed.ts";
import { findRecord } from "#domain/feeds/record.server.ts";
import { feedsWords } from "#i18n/feeds.ts";
import { list } from "#i18n/formats.ts";
import { localeOf } from "#i18n/locale.ts";
import { addressesAt, paths } from "#i18n/paths.ts";
import { sendFeed } from "./send-feed.server.ts";

/** What another site shows when somebody gives the address of a work there (oEmbed 1.0, JSON). */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams;
  if ((asked.get("format") ?? "json") !== "json") throw new Response(null, { status: 501 });
  const { publicUrl } = context.house.settings;
  const page = asked.get("url") ?? "";
  const slug = page.startsWith(`${publicUrl}/`) ? slugOfWork(page.slice(publicUrl.length)) : null;
  const work = slug && (await findRecord(context.db, { slug }));
  if (!work) throw missing();
  const locale = localeOf(new URL(page).pathname);
  const size = (name: string) => {
    const value = Number(asked.get(name));
    return Number.isInteger(value) && value > 0 ? value : null;
  };
  const card = oembedOf(work, {
    address: addressesAt(publicUrl),
    locale,
    words: feedsWords(locale).oembed,
    byline: list(
      locale,
      byline(work.kind, work.credits).map(({ name }) => name),
    ),
    maxWidth: size("maxwidth"),
    maxHeight: size("maxheight"),
  });
  return sendFeed(request, {
    body: JSON.stringify(card),
    type: "application/json",
    updatedAt: work.updatedAt,
    maxAge: 3600,
  });
}

/** The slug in the address of a work, in either language; null where it is another page. */
function slugOfWork(path: string): string | null {
  const bare = path.split(/[?#]/)[0]!.replace(/\/$/, "");
  for (const pattern of paths.work) {
    const before = pattern.replace(":slug", "");
    if (bare.startsWith(before) && /^[a-z0-9-]+$/.test(bare.slice(before.length)))
      return bare.slice(before.length);
  }
  return null;
}
