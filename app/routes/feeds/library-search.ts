import type { LoaderFunctionArgs } from "@remix-run/node";
import { searchDescription } from "./library-atom.server.ts";
import { addressIn, languageOf } from "./library-door.server.ts";

/** The OpenSearch description of a library: the same for everybody, and it tells nothing of anybody. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const locale = languageOf(request);
  const address = addressIn(context.house.settings.publicUrl, locale);
  return new Response(searchDescription(address, locale), {
    headers: {
      "content-type": "application/opensearchdescription+xml",
      "cache-control": "public, max-age=3600",
      vary: "accept-language",
    },
  });
}
