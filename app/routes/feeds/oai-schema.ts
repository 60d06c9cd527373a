import type { LoaderFunctionArgs } from "@remix-run/node";
import { jsonLdSchema } from "#domain/feeds/oai.ts";
import { addressesAt } from "#i18n/paths.ts";
import { sendFeed } from "./send-feed.server.ts";

/** The schema of the `jsonld` records of the harvest. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const body = jsonLdSchema(addressesAt(context.house.settings.publicUrl));
  return sendFeed(request, { body, type: "application/xml", maxAge: 86_400 });
}
