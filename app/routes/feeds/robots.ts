import type { LoaderFunctionArgs } from "@remix-run/node";
import { addressesAt, type PathName, paths } from "#i18n/paths.ts";
import { sendFeed } from "./send-feed.server.ts";

/** Rooms of one person each: there is nothing in them for a robot. */
const closed: PathName[] = ["cart", "checkout", "library", "signIn", "studio", "desk", "office"];

/** Everything public may be read by everybody; where the map is. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const address = addressesAt(context.house.settings.publicUrl);
  const body = [
    "User-agent: *",
    ...closed.flatMap((name) => paths[name].map((path) => `Disallow: ${path}`)),
    "Disallow: /merci/",
    "Disallow: /achats/",
    "Disallow: /en/thanks/",
    "Disallow: /en/purchases/",
    "",
    `Sitemap: ${address("sitemaps", "fr")}`,
    "",
  ].join("\n");
  return sendFeed(request, { body, type: "text/plain", maxAge: 3600 });
}
