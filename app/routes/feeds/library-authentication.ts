import type { LoaderFunctionArgs } from "@remix-run/node";
import { authenticationDocument, authenticationType, languageOf } from "./library-door.server.ts";

/** How an app comes in, for everybody to read. */
export function loader({ request, context }: LoaderFunctionArgs) {
  return new Response(
    JSON.stringify(authenticationDocument(context.house.settings.publicUrl, languageOf(request))),
    {
      headers: {
        "content-type": authenticationType,
        "cache-control": "public, max-age=3600",
        vary: "accept-language",
      },
    },
  );
}
